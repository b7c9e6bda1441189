import { BedrockError } from "@clawrock/conversation";
import { parseModelRef, wireId } from "@clawrock/model-capabilities";

/**
 * The id to send: as it is if listed or nothing listed resembles it, else the one listed id of the same model
 * (`gpt-oss-120b` and `openai.gpt-oss-120b-1:0` to `openai.gpt-oss-120b`).
 *
 * @throws BedrockError of kind `model-not-found` with the candidates where several listed ids fit.
 */
export function wireModelId(id: string, listed: Iterable<string>): string {
  const wire = wireId(parseModelRef(id), { listed });
  if (wire.status !== "ambiguous") return wire.id;
  const problem = `Mantle lists several models like "${id}"`;
  throw new BedrockError({ kind: "model-not-found", problem, fix: `Write one of ${wire.candidates.join(", ")}` });
}
