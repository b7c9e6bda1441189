import type { ConverseStreamCommandInput } from "@aws-sdk/client-bedrock-runtime";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import { wrong } from "../repair/check-messages.ts";
import type { ConverseRequest } from "../types.ts";
import { invalidOption, type OptionLog } from "./option-log.ts";

type Settings = Pick<
  ConverseStreamCommandInput,
  "serviceTier" | "performanceConfig" | "requestMetadata" | "additionalModelResponseFieldPaths" | "promptVariables"
>;

const TIERS = ["default", "priority", "flex", "reserved"] as const;
const LATENCIES = ["standard", "optimized"] as const;
/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
const METADATA_TEXT = /^[a-zA-Z0-9\s:_@$#=/+,.-]*$/u;
const MAX_PATHS = 10;

/** What surrounds the conversation: tier, latency, metadata, answer fields, a prompt's variables. */
export function settings(request: ConverseRequest, capabilities: ModelCapabilities, log: OptionLog): Settings {
  const tier = oneOf("serviceTier", request.serviceTier, TIERS);
  const latency = oneOf("latency", request.latency, LATENCIES);
  const tiers = capabilities.serviceTiers?.value;
  const tierTaken = tier !== undefined && (tier === "default" || !tiers || tiers.includes(tier));
  if (tier !== undefined && !tierTaken) log.leftOut("serviceTier", `the model is not offered at the tier ${tier}`);
  const latencyTaken =
    latency !== undefined && (latency === "standard" || capabilities.latencyOptimized?.value !== false);
  if (latency !== undefined && !latencyTaken) log.leftOut("latency", "the model has no optimized latency");
  const metadata = metadataOf(request.requestMetadata);
  const paths = pathsOf(request.additionalModelResponseFieldPaths);
  const variables = Object.entries(request.promptVariables ?? {}).map(([name, text]) => {
    if (typeof text !== "string") throw wrong(`promptVariables.${name}`, text, "Give a text");
    return [name, { text }] as const;
  });
  return {
    ...(tierTaken && { serviceTier: { type: tier } }),
    ...(latencyTaken && { performanceConfig: { latency } }),
    ...(metadata && { requestMetadata: metadata }),
    ...(paths && { additionalModelResponseFieldPaths: paths }),
    ...(variables.length > 0 && { promptVariables: Object.fromEntries(variables) }),
  };
}

function oneOf<T extends string>(option: string, value: T | undefined, allowed: readonly T[]): T | undefined {
  if (value === undefined || allowed.includes(value)) return value;
  throw invalidOption(`${option} is ${JSON.stringify(value)}`, `Give ${allowed.map((one) => `"${one}"`).join(" or ")}`);
}

function metadataOf(metadata: ConverseRequest["requestMetadata"]): Record<string, string> | undefined {
  const pairs = Object.entries(metadata ?? {});
  if (pairs.length === 0) return undefined;
  if (pairs.length > 16) throw invalidOption(`requestMetadata has ${pairs.length} pairs`, "Give 16 at most");
  for (const [key, value] of pairs) {
    if (key.length < 1 || key.length > 256 || !METADATA_TEXT.test(key)) {
      throw invalidOption(`requestMetadata has the key ${JSON.stringify(key)}`, METADATA_FIX);
    }
    if (typeof value !== "string" || value.length > 256 || !METADATA_TEXT.test(value)) {
      throw invalidOption(`requestMetadata.${key} has a value that the service refuses`, METADATA_FIX);
    }
  }
  return Object.fromEntries(pairs);
}

const METADATA_FIX = "Use up to 256 letters, digits, white space and : _ @ $ # = / + , . -";

function pathsOf(paths: ConverseRequest["additionalModelResponseFieldPaths"]): string[] | undefined {
  if (!paths || paths.length === 0) return undefined;
  if (paths.length > MAX_PATHS) {
    throw invalidOption(`additionalModelResponseFieldPaths has ${paths.length} entries`, `Give ${MAX_PATHS} at most`);
  }
  const bad = paths.findIndex((path) => typeof path !== "string" || path.length < 1 || path.length > 256);
  if (bad < 0) return [...paths];
  throw invalidOption(
    `additionalModelResponseFieldPaths[${bad}] is no JSON pointer`,
    "Give a path such as /stop_sequence",
  );
}
