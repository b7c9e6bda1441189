import type { AssistantMessage } from "@clawrock/conversation";
import { baseModelId, parseModelRef } from "@clawrock/model-capabilities";

/**
 * Tells whether an answer came from this model over this API, however the id was written then: its signed or encrypted
 * reasoning may be given back as it is.
 */
export function isOwnMessage(model: string, api: string): (message: AssistantMessage) => boolean {
  const base = baseModelId(parseModelRef(model));
  return ({ model: id, api: via }) =>
    via === api && (id === model || (base !== undefined && baseModelId(parseModelRef(id)) === base));
}
