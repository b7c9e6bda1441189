import { baseModelId, type ModelRef, parseModelRef } from "@clawrock/model-capabilities";

/** What an id or ARN says. */
export interface ReadId {
  readonly ref: ModelRef;
  /** The id of the foundation model, without geography and suffix. */
  readonly base: string | undefined;
  /** `anthropic`. */
  readonly vendor: string | undefined;
  /** Whether it carries a context or throughput suffix: `:200k`, `:mm`. */
  readonly suffixed: boolean;
  /** Of an ARN: its region, `*` where it has none. */
  readonly region: string | undefined;
}

export type IdReader = (id: string) => ReadId;

/** Reads ids, each once: the rows of a listing ask for the same ones over and over. */
export function idReader(): IdReader {
  const known = new Map<string, ReadId>();
  return (id) => {
    const before = known.get(id);
    if (before) return before;
    const ref = parseModelRef(id);
    const model = ref.kind === "foundation-model" || ref.kind === "inference-profile" ? ref.model : undefined;
    const arn = "arn" in ref ? ref.arn : undefined;
    const read = {
      ref,
      base: baseModelId(ref),
      vendor: model?.vendor,
      suffixed: ref.kind === "foundation-model" && ref.model.suffix !== undefined,
      region: arn && (arn.region || "*"),
    };
    known.set(id, read);
    return read;
  };
}
