import type { Known, ModelCapabilities } from "../types.ts";

type Values = { readonly [K in keyof Omit<ModelCapabilities, "baseId" | "family">]?: Unwrapped<ModelCapabilities[K]> };
type Unwrapped<K> = K extends Known<infer T> | undefined ? T : never;

/** Values the caller knows better: one plain value per field of `ModelCapabilities`, replacing the whole field. */
export type CapabilityOverrides = Values;

/** An override names no field, or a value the field cannot have. */
export class InvalidOverrideError extends TypeError {
  override readonly name = "InvalidOverrideError";
  readonly field: string;

  constructor(field: string, reason: string) {
    super(`Model capability override "${field}": ${reason}`);
    this.field = field;
  }
}

const NUMBERS: ReadonlySet<string> = new Set(["contextWindow", "maxOutputTokens"]);
const BOOLEANS: ReadonlySet<string> = new Set([
  "systemPrompt",
  "holdUntilStop",
  "structuredOutput",
  "citations",
  "latencyOptimized",
]);
const LISTS: Readonly<Record<string, readonly string[]>> = {
  input: ["text", "image", "document", "video", "audio"],
  output: ["text", "image", "video", "embedding", "speech"],
  serviceTiers: ["flex", "priority", "reserved"],
};
const RECORDS: Readonly<Record<string, readonly string[]>> = {
  reasoning: ["mode", "whenOmitted", "off", "signed", "replay"],
  sampling: ["temperature", "topP", "both", "stopSequences", "whileThinking"],
  tools: [
    "supported",
    "streaming",
    "choice",
    "forcedChoiceRefusedWhileThinking",
    "strict",
    "imagesInResults",
    "documentsInResults",
    "mixedResults",
    "resultStatus",
  ],
  promptCaching: ["supported", "fields", "ttls", "maxPoints"],
  invocation: ["onDemand", "byProfile"],
  embedding: ["request", "dimensions", "maxInputTokens", "maxBatch"],
  price: ["input", "output"],
  mantle: ["path", "apis"],
  mediaLimits: ["imageFormats", "maxImages", "maxImageBytes", "maxImagePixels", "maxDocuments", "maxDocumentBytes"],
};

/**
 * Refuses fields nobody has and values they cannot have.
 * @throws InvalidOverrideError naming the field and the reason.
 */
export function checkOverrides(overrides: CapabilityOverrides): void {
  for (const [field, value] of Object.entries(overrides)) {
    const reason = value === undefined ? undefined : problemOf(field, value);
    if (reason !== undefined) throw new InvalidOverrideError(field, reason);
  }
}

function problemOf(field: string, value: unknown): string | undefined {
  if (field === "displayName") return typeof value === "string" && value !== "" ? undefined : "must be a text";
  if (field === "lifecycle") return value === "active" || value === "legacy" ? undefined : "must be active or legacy";
  if (NUMBERS.has(field)) {
    return Number.isSafeInteger(value) && Number(value) > 0 ? undefined : "must be a whole number of tokens above 0";
  }
  if (BOOLEANS.has(field)) return typeof value === "boolean" ? undefined : "must be true or false";
  const list = Object.hasOwn(LISTS, field) ? LISTS[field] : undefined;
  if (list !== undefined) {
    const fits =
      Array.isArray(value) &&
      (value.length > 0 || field === "serviceTiers") &&
      value.every((one) => list.includes(String(one)));
    return fits ? undefined : `must list some of ${list.join(", ")}`;
  }
  const keys = Object.hasOwn(RECORDS, field) ? RECORDS[field] : undefined;
  if (keys === undefined) return "no such field";
  if (typeof value !== "object" || value === null) return "must be an object";
  const missing = keys.filter((key) => !(key in value));
  if (missing.length > 0) return `lacks ${missing.join(", ")}`;
  return field === "price" ? priceProblem(value) : undefined;
}

function priceProblem(price: object): string | undefined {
  for (const [bucket, rate] of Object.entries(price)) {
    if (bucket === "longContext" || rate === undefined) continue;
    if (typeof rate !== "number" || !Number.isFinite(rate) || rate < 0) {
      return `${bucket} must be USD per million tokens, 0 or more`;
    }
  }
  return undefined;
}
