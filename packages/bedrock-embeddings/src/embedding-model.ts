import { BedrockError } from "@clawrock/conversation";
import {
  capabilitiesOf,
  type EmbeddingLimits,
  type ModelCapabilities,
  parseModelRef,
  wireId,
} from "@clawrock/model-capabilities";
import { FAMILIES } from "./families/families.ts";

/** How the caller names what stands behind an id that does not tell. */
export interface ModelBehind {
  readonly capabilities?: ModelCapabilities | undefined;
  readonly baseModel?: string | undefined;
}

/** An embedding model, ready to be called. */
export interface EmbeddingModel {
  /** The id to send. */
  readonly wireId: string;
  /** The region of the model's ARN, which beats the session's. */
  readonly arnRegion: string | undefined;
  readonly limits: EmbeddingLimits;
  readonly dimensions: number;
  readonly capabilities: ModelCapabilities;
  /** What is assumed of a model that nobody knows yet, one line each. */
  readonly warnings: readonly string[];
}

/** @throws BedrockError of kind `invalid-config` for a model that does not embed and for a dimension it does not have. */
export function embeddingModel(
  id: string,
  dimensions: number | undefined,
  { capabilities: given, baseModel }: ModelBehind,
): EmbeddingModel {
  const ref = parseModelRef(id);
  const capabilities = given ?? capabilitiesOf(baseModel === undefined ? ref : parseModelRef(baseModel));
  const { value: limits, provenance } = capabilities.embedding ?? {};
  if (!limits || !provenance) throw notEmbedding(baseModel ?? id, capabilities);
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
  const name = FAMILIES[limits.request].name;
  const assumed = (provenance.from === "rule" && provenance.assumed === true) || provenance.from === "default";
  return {
    wireId: wire.status === "ambiguous" ? wire.from : wire.id,
    arnRegion: "arn" in ref ? ref.arn?.region || undefined : undefined,
    limits,
    dimensions: chosen,
    capabilities,
    warnings: assumed
      ? [`${baseModel ?? id} is not a known model; it is called as ${name}, the nearest of its family`]
      : [],
  };
}

function notEmbedding(id: string, { baseId }: ModelCapabilities): BedrockError {
  const problem =
    baseId === undefined
      ? `The id ${id} does not tell which model stands behind it`
      : `${id} is not a known embedding model`;
  const fix =
    baseId === undefined
      ? 'Name that model with the option baseModel, e.g. "amazon.titan-embed-text-v2:0"'
      : "Use an embedding model such as amazon.titan-embed-text-v2:0 or cohere.embed-v4:0";
  return new BedrockError({ kind: "invalid-config", problem, fix });
}

function choices(dimensions: readonly number[]): string {
  const sorted = dimensions.toSorted((a, b) => a - b);
  const last = sorted.pop();
  return sorted.length > 0 ? `${sorted.join(", ")} or ${last}` : `${last}`;
}
