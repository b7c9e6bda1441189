import type { ModelRef, OpaqueKind } from "../types.ts";
import { arnProblem, parseArn } from "./arn.ts";
import { parseModelName } from "./model-name.ts";

const HOST_PREFIX = /^(amazon-bedrock-mantle|amazon-bedrock|aws-bedrock|bedrock)\//i;

const OPAQUE: ReadonlySet<string> = new Set<OpaqueKind>([
  "application-inference-profile",
  "provisioned-model",
  "imported-model",
  "custom-model",
  "custom-model-deployment",
  "prompt-router",
  "default-prompt-router",
  "prompt",
]);

/** Parsed refs by id. Ids come from configuration and lists, so the set is small; the bound guards against misuse. */
const parsed = new Map<string, ModelRef>();
const MAX_PARSED = 4096;

/**
 * Says what an id, profile id or ARN refers to. Total: never throws on a string; text that is no id gives a ref of
 * kind `unknown` with the reason.
 *
 * Case, surrounding space and a host's prefix (`amazon-bedrock/`, `bedrock/`, `aws-bedrock/`, `amazon-bedrock-mantle/`)
 * do not matter; resource ids inside ARNs keep their case. The answer is frozen and shared between calls.
 *
 * @example parseModelRef("us.anthropic.claude-opus-4.7") // kind "inference-profile", geography "us", name "claude-opus-4-7"
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html for the shapes of `modelId`
 */
export function parseModelRef(id: string): ModelRef {
  const known = parsed.get(id);
  if (known !== undefined) return known;
  const ref = frozen(parse(id));
  if (parsed.size >= MAX_PARSED) parsed.clear();
  parsed.set(id, ref);
  return ref;
}

function parse(id: string): ModelRef {
  let text = id.trim();
  while (text.includes("/") && HOST_PREFIX.test(text)) text = text.replace(HOST_PREFIX, "").trim();
  if (text === "") return unknown(id, "the id is empty");
  if (text.slice(0, 4).toLowerCase() === "arn:") return parseArnRef(id, text);
  if (text.includes("/")) return unknown(id, "a slash occurs in ARNs only");
  const name = parseModelName(text);
  if (typeof name === "string") return unknown(id, name);
  const { geography, model } = name;
  if (geography === undefined) return { kind: "foundation-model", model, arn: undefined };
  return { kind: "inference-profile", geography, model, arn: undefined };
}

function parseArnRef(id: string, text: string): ModelRef {
  const parts = parseArn(text);
  if (parts === undefined) return unknown(id, arnProblem(text));
  const { arn, resourceType, resourceId } = parts;
  if (arn.service === "sagemaker" && resourceType === "endpoint") return { kind: "endpoint", resourceId, arn };
  if (arn.service !== "bedrock") return unknown(id, `an ARN of ${arn.service}, not of a Bedrock model`);
  if (isOpaque(resourceType)) return { kind: resourceType, resourceId, arn };
  if (resourceType !== "foundation-model" && resourceType !== "inference-profile") {
    return unknown(id, `an ARN of a ${resourceType}, which is not a model`);
  }
  const name = parseModelName(resourceId);
  if (typeof name === "string") return unknown(id, name);
  const { geography, model } = name;
  if (resourceType === "inference-profile") {
    if (geography === undefined) return unknown(id, "an inference profile needs a geography, such as us. or global.");
    return { kind: "inference-profile", geography, model, arn };
  }
  if (geography !== undefined) return unknown(id, "a foundation model has no geography; this names a profile");
  return { kind: "foundation-model", model, arn };
}

function isOpaque(resourceType: string): resourceType is OpaqueKind {
  return OPAQUE.has(resourceType);
}

function unknown(raw: string, reason: string): ModelRef {
  return { kind: "unknown", raw, reason };
}

function frozen(ref: ModelRef): ModelRef {
  if ("model" in ref) {
    if (ref.model.version !== undefined) Object.freeze(ref.model.version);
    Object.freeze(ref.model);
  }
  if ("arn" in ref && ref.arn !== undefined) Object.freeze(ref.arn);
  return Object.freeze(ref);
}
