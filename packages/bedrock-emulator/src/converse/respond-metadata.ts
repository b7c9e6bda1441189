import { arrayAt, type JsonObject, objectAt, stringAt } from "../json.ts";
import type { AnswerEnd } from "./stream-events.ts";

/** Fields that an answer carries because the request asked for them. */
export function echoedSettings(body: JsonObject): Readonly<Record<string, unknown>> {
  const tier = stringAt(objectAt(body, "serviceTier"), "type");
  const latency = stringAt(objectAt(body, "performanceConfig"), "latency");
  return {
    ...(tier !== undefined && { serviceTier: { type: tier } }),
    ...(latency !== undefined && { performanceConfig: { latency } }),
  };
}

/** `additionalModelResponseFields` for the paths that the request names; only `/stop_sequence` has a value here. */
export function additionalFields(
  body: JsonObject,
  end: Pick<AnswerEnd, "stopSequence">,
): Readonly<Record<string, unknown>> | undefined {
  const paths = arrayAt(body, "additionalModelResponseFieldPaths");
  if (paths.length === 0) return undefined;
  return paths.includes("/stop_sequence") ? { stop_sequence: end.stopSequence ?? null } : {};
}
