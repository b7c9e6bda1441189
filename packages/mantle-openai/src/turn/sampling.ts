import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { MantleTurn } from "./turn.ts";

export interface Sampling {
  readonly temperature?: number;
  readonly topP?: number;
  readonly stopSequences?: string[];
}

/** Temperature, topP and stop sequences, each only where the model takes it now. */
export function samplingOf(
  { temperature, topP, stopSequences }: MantleTurn,
  { sampling: { value: takes } }: ModelCapabilities,
  thinks: boolean,
): Sampling {
  const open = !thinks || takes.whileThinking;
  const withTemperature = temperature !== undefined && takes.temperature && open;
  const withTopP = topP !== undefined && takes.topP && open && (takes.both || !withTemperature);
  const stops = stopSequences?.filter((stop) => stop !== "") ?? [];
  return {
    ...(withTemperature && { temperature }),
    ...(withTopP && { topP }),
    ...(stops.length > 0 && takes.stopSequences && { stopSequences: stops }),
  };
}

/** The limit asked for, cut to the model's own where that is known. */
export function maxTokensOf({ maxTokens }: MantleTurn, { maxOutputTokens }: ModelCapabilities): number | undefined {
  return maxTokens === undefined ? undefined : Math.min(maxTokens, maxOutputTokens?.value ?? maxTokens);
}
