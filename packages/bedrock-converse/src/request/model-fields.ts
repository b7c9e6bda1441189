import type { ModelCapabilities } from "@clawrock/model-capabilities";
import { copyJson, isPlain, isSoundJson } from "../repair/json.ts";
import type { ConverseRequest } from "../types.ts";
import { invalidOption, type OptionLog } from "./option-log.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * `additionalModelRequestFields`: what the options need to say there, over what the caller gave. Objects are merged, lists of
 * betas joined, and where both say something, the option wins.
 *
 * @throws BedrockError of kind `invalid-request` where the caller's fields are no JSON object
 */
export function modelFields(request: ConverseRequest, ofOptions: Fields): Fields | undefined {
  const given = request.additionalModelRequestFields;
  if (given !== undefined && !(isPlain(given) && isSoundJson(given))) {
    throw invalidOption("additionalModelRequestFields is no JSON object", "Give an object of the model's own fields");
  }
  const merged = given ? merge(copyJson(given), ofOptions) : ofOptions;
  return Object.keys(merged).length > 0 ? merged : undefined;
}

function merge(given: Fields, over: Fields): Fields {
  const merged: Record<string, unknown> = { ...given };
  for (const [key, value] of Object.entries(over)) {
    const before = Object.hasOwn(given, key) ? given[key] : undefined;
    if (key === "anthropic_beta" && Array.isArray(before) && Array.isArray(value)) {
      merged[key] = [...new Set([...before, ...value])];
    } else merged[key] = key !== "thinking" && isPlain(before) && isPlain(value) ? merge(before, value) : value;
  }
  return merged;
}

/** topK, which Converse has no field for. */
export function topKFields(
  { topK }: ConverseRequest,
  noSampling: boolean,
  capabilities: ModelCapabilities,
  log: OptionLog,
): Fields {
  if (topK === undefined) return {};
  if (!(Number.isInteger(topK) && topK >= 0))
    throw invalidOption(`topK is ${topK}`, "Give a whole number of at least 0");
  const place = capabilities.sampling.value.topK;
  if (!place) log.leftOut("topK", "the model takes none");
  else if (noSampling) log.leftOut("topK", "the model takes none while it thinks");
  else return place === "top_k" ? { top_k: topK } : { inferenceConfig: { topK } };
  return {};
}
