import type { AssistantMessage } from "@clawrock/conversation";
import { baseModelId, parseModelRef } from "@clawrock/model-capabilities";
import type { ResolvedModel } from "../types.ts";

/**
 * Tells whether an answer came from the model that is asked now, however its id was written then: its reasoning may be
 * given back as it is.
 */
export function isOwnMessage(model: ResolvedModel): (message: AssistantMessage) => boolean {
  const base = baseModelId(model.ref);
  const known = new Map<string, boolean>([[model.id, true]]);
  return ({ model: id }) => {
    const own = known.get(id) ?? (base !== undefined && baseModelId(parseModelRef(id)) === base);
    known.set(id, own);
    return own;
  };
}
