import { BedrockError } from "@clawrock/conversation";
import {
  type ArnParts,
  baseModelId,
  capabilitiesOf,
  type ModelRef,
  parseModelRef,
  wireId,
} from "@clawrock/model-capabilities";
import type { ResolvedModel } from "../types.ts";

export interface ReadModelOptions {
  /** Ids that the account's lists hold; a mistyped id is mended by them. Default: the id is sent as it is. */
  readonly listed?: readonly string[] | undefined;
}

/**
 * Takes a model id apart: what it means, what the model can do, and the id to send. No network, so an opaque ARN has the
 * defaults of a model nobody knows; `resolveModel` asks AWS about it.
 *
 * @throws BedrockError of kind `model-not-found` when the id has no known shape or several listed ids could be meant
 */
export function readModel(id: string, { listed = [] }: ReadModelOptions = {}): ResolvedModel {
  const ref = parseModelRef(id);
  if (ref.kind === "unknown") {
    const fix = "Give a model id such as amazon.nova-lite-v1:0, an inference profile id or an ARN";
    throw new BedrockError({
      kind: "model-not-found",
      problem: `"${id}" is not a Bedrock model id: ${ref.reason}`,
      fix,
    });
  }
  const wire = wireId(ref, { listed });
  if (wire.status === "ambiguous") {
    const fix = `Did you mean ${wire.candidates.join(" or ")}?`;
    throw new BedrockError({ kind: "model-not-found", problem: `Several models could be meant by "${id}"`, fix });
  }
  const arnRegion = arnOf(ref)?.region || undefined;
  return { id, wireId: wire.id, ref, capabilities: capabilitiesOf(ref), arnRegion, baseId: baseModelId(ref) };
}

function arnOf(ref: ModelRef): ArnParts | undefined {
  return ref.kind === "unknown" ? undefined : ref.arn;
}
