import { BedrockError } from "@clawrock/conversation";
import {
  capabilitiesOf,
  type EmbeddingLimits,
  type ModelCapabilities,
  parseModelRef,
  wireId,
} from "@clawrock/model-capabilities";

/** An embedding model, ready to be called. */
export interface EmbeddingModel {
  /** The id to send. */
  readonly wireId: string;
  /** The region of the model's ARN, which beats the session's. */
  readonly arnRegion: string | undefined;
  readonly limits: EmbeddingLimits;
  readonly dimensions: number;
  readonly capabilities: ModelCapabilities;
}

/** @throws BedrockError of kind `invalid-config` for a model that does not embed and for a dimension it does not have. */
export function embeddingModel(
  id: string,
  dimensions: number | undefined,
  known: ModelCapabilities | undefined,
): EmbeddingModel {
  const ref = parseModelRef(id);
  const capabilities = known ?? capabilitiesOf(ref);
  const limits = capabilities.embedding?.value;
  if (!limits) throw notEmbedding(id, capabilities);
  const [byDefault = 0] = limits.dimensions;
  const chosen = dimensions ?? byDefault;
  if (!limits.dimensions.includes(chosen)) {
    throw new BedrockError({
      kind: "invalid-config",
      problem: `dimensions is ${chosen}, which ${id} does not offer`,
      fix: `Use ${choices(limits.dimensions)}, or leave it out for ${byDefault}`,
    });
  }
  const wire = wireId(ref);
  return {
    wireId: wire.status === "ambiguous" ? wire.from : wire.id,
    arnRegion: "arn" in ref ? ref.arn?.region || undefined : undefined,
    limits,
    dimensions: chosen,
    capabilities,
  };
}

function notEmbedding(id: string, { baseId }: ModelCapabilities): BedrockError {
  const problem =
    baseId === undefined
      ? `The id ${id} does not tell which model stands behind it`
      : `${id} is not a known embedding model`;
  const fix =
    baseId === undefined
      ? "Pass the capabilities of that model along, from capabilitiesOf(parseModelRef(<its id>))"
      : "Use an embedding model such as amazon.titan-embed-text-v2:0 or cohere.embed-v4:0";
  return new BedrockError({ kind: "invalid-config", problem, fix });
}

function choices(dimensions: readonly number[]): string {
  const sorted = dimensions.toSorted((a, b) => a - b);
  const last = sorted.pop();
  return sorted.length > 0 ? `${sorted.join(", ")} or ${last}` : `${last}`;
}
