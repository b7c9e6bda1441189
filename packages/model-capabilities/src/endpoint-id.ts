import { formatModelRef, modelNameOf } from "./parse/format-model-ref.ts";
import { modelKey } from "./parse/model-key.ts";
import { formatModelName } from "./parse/model-name.ts";
import { parseModelRef } from "./parse/parse-model-ref.ts";
import type { ModelName, ModelRef } from "./types.ts";

/** Bedrock's two endpoints with OpenAI's and Anthropic's APIs. */
export type OpenAiEndpoint = "mantle" | "runtime";

/**
 * Models that the two endpoints spell differently: Mantle's id, then bedrock-runtime's.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html, the lists of 2026-08-21
 */
const SPELLINGS: readonly (readonly [mantle: string, runtime: string])[] = [
  ["anthropic.claude-haiku-4-5", "anthropic.claude-haiku-4-5-20251001-v1:0"],
  ["deepseek.v3.1", "deepseek.v3-v1:0"],
  ["moonshotai.kimi-k2-thinking", "moonshot.kimi-k2-thinking"],
  ["openai.gpt-oss-120b", "openai.gpt-oss-120b-1:0"],
  ["openai.gpt-oss-20b", "openai.gpt-oss-20b-1:0"],
  ["qwen.qwen3-235b-a22b-2507", "qwen.qwen3-235b-a22b-2507-v1:0"],
  ["qwen.qwen3-32b", "qwen.qwen3-32b-v1:0"],
  ["qwen.qwen3-coder-30b-a3b-instruct", "qwen.qwen3-coder-30b-a3b-v1:0"],
  ["qwen.qwen3-coder-480b-a35b-instruct", "qwen.qwen3-coder-480b-a35b-v1:0"],
  ["qwen.qwen3-next-80b-a3b-instruct", "qwen.qwen3-next-80b-a3b"],
  ["qwen.qwen3-vl-235b-a22b-instruct", "qwen.qwen3-vl-235b-a22b"],
];

/** Made by the first lookup, so that importing the package parses no ids. */
let byKey: ReadonlyMap<string | undefined, readonly [mantle: string, runtime: string]> | undefined;

/**
 * The id of a model at an endpoint, however it was spelt: `gpt-oss-120b` and `openai.gpt-oss-120b-1:0` are
 * `openai.gpt-oss-120b` at Mantle, whose ids have neither geography nor version; and `openai.gpt-oss-120b-1:0` at
 * bedrock-runtime, where a geography stays. ARNs and ids of no known shape are given back as they are.
 */
export function endpointId(ref: ModelRef, endpoint: OpenAiEndpoint): string {
  const model = modelNameOf(ref);
  if (model === undefined || ("arn" in ref && ref.arn !== undefined)) return formatModelRef(ref);
  const spellings = byKey ?? new Map(SPELLINGS.map((pair) => [keyOf(parseModelRef(pair[0])), pair] as const));
  byKey = spellings;
  const [mantle, runtime] = spellings.get(keyOf(ref)) ?? [];
  if (endpoint === "runtime") {
    if (runtime === undefined) return formatModelRef(ref);
    return ref.kind === "inference-profile" ? `${ref.geography}.${runtime}` : runtime;
  }
  return mantle ?? formatModelName({ ...model, version: withoutMarker(model.version) }, { suffix: false });
}

function keyOf(ref: ModelRef): string | undefined {
  const model = modelNameOf(ref);
  return model && modelKey(model);
}

/** Mantle's ids end in no `-v1:0` and no `-v1`. A bare `-v2` belongs to the name (`nemotron-nano-12b-v2`). */
function withoutMarker(version: ModelName["version"]): ModelName["version"] {
  const isMarker = version?.marker === "-v" && (version.minor !== undefined || version.major === 1);
  return isMarker ? undefined : version;
}
