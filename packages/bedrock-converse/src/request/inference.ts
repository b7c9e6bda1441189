import type { InferenceConfiguration } from "@aws-sdk/client-bedrock-runtime";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import { wrong } from "../repair/check-messages.ts";
import type { ConverseRequest } from "../types.ts";
import { invalidOption, type OptionLog } from "./option-log.ts";
import type { ThinkingFields } from "./thinking.ts";

const MAX_STOPS = 2500;

/**
 * The `inferenceConfig`, with only what the model accepts now. Undefined when nothing is left to say.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InferenceConfiguration.html
 *
 * @throws BedrockError of kind `invalid-request` for figures outside the service's limits
 */
export function inferenceConfig(
  request: ConverseRequest,
  thinking: ThinkingFields,
  capabilities: ModelCapabilities,
  log: OptionLog,
): InferenceConfiguration | undefined {
  const sampling = capabilities.sampling.value;
  const config: InferenceConfiguration = {};
  const maxTokens = maxTokensOf(request, thinking, capabilities, log);
  if (maxTokens !== undefined) config.maxTokens = maxTokens;
  const temperature = within("temperature", request.temperature);
  const topP = within("topP", request.topP);
  const whileThinking = "the model takes none while it thinks";
  if (temperature !== undefined) {
    if (!sampling.temperature) log.leftOut("temperature", "the model takes none");
    else if (thinking.noSampling) log.leftOut("temperature", whileThinking);
    else config.temperature = temperature;
  }
  if (topP !== undefined) {
    if (!sampling.topP) log.leftOut("topP", "the model takes none");
    else if (thinking.noSampling) log.leftOut("topP", whileThinking);
    else if (!sampling.both && config.temperature !== undefined)
      log.leftOut("topP", "the model takes it or temperature");
    else config.topP = topP;
  }
  const stops = stopSequencesOf(request);
  if (stops.length > 0 && !sampling.stopSequences) log.leftOut("stopSequences", "the model takes none");
  else if (stops.length > 0) config.stopSequences = stops;
  return Object.keys(config).length > 0 ? config : undefined;
}

function stopSequencesOf({ stopSequences = [] }: ConverseRequest): string[] {
  if (!Array.isArray(stopSequences)) throw wrong("stopSequences", stopSequences, "Give a list of texts");
  const bad = stopSequences.findIndex((stop) => typeof stop !== "string");
  if (bad >= 0) throw wrong(`stopSequences[${bad}]`, stopSequences[bad], "Give a text");
  const stops = stopSequences.filter((stop) => stop !== "").map((stop) => stop.toWellFormed());
  if (stops.length <= MAX_STOPS) return stops;
  throw invalidOption(`stopSequences has ${stops.length} entries`, `Give ${MAX_STOPS} at most`);
}

function maxTokensOf(
  request: ConverseRequest,
  thinking: ThinkingFields,
  capabilities: ModelCapabilities,
  log: OptionLog,
): number | undefined {
  const asked = request.maxTokens;
  if (asked !== undefined && !(Number.isInteger(asked) && asked >= 1)) {
    throw invalidOption(`maxTokens is ${asked}`, "Give a whole number of at least 1");
  }
  if (thinking.noMaxTokens) {
    if (asked !== undefined) log.leftOut("maxTokens", "the model takes none at this effort");
    return undefined;
  }
  const most = capabilities.maxOutputTokens?.value;
  if (asked === undefined || most === undefined || asked <= most) return asked;
  log.changed("maxTokens", `the model gives ${most} at most`);
  return most;
}

function within(name: string, value: number | undefined): number | undefined {
  if (value === undefined || (typeof value === "number" && value >= 0 && value <= 1)) return value;
  throw invalidOption(`${name} is ${JSON.stringify(value)}`, "Give a number from 0 to 1");
}
