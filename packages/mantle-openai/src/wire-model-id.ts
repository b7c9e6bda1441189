import { BedrockError } from "@clawrock/conversation";
import { endpointId, parseModelRef, wireId } from "@clawrock/model-capabilities";
import type { MantleEndpoint } from "./route/route.ts";

/**
 * The id to send: as it is if listed, the one listed id of the same model, else as the endpoint is known to spell it
 * (`gpt-oss-120b` is `openai.gpt-oss-120b` at Mantle and `openai.gpt-oss-120b-1:0` at the runtime).
 *
 * @throws BedrockError of kind `model-not-found` with the candidates where several listed ids fit.
 */
export function wireModelId(id: string, endpoint: MantleEndpoint, listed: Iterable<string>): string {
  const ref = parseModelRef(id);
  const wire = wireId(ref, { listed });
  if (wire.status === "as-is" && wire.because === "unlisted") return endpointId(ref, endpoint);
  if (wire.status !== "ambiguous") return wire.id;
  const problem = `Mantle lists several models like "${id}"`;
  throw new BedrockError({ kind: "model-not-found", problem, fix: `Write one of ${wire.candidates.join(", ")}` });
}
