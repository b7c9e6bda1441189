import { BedrockError } from "@clawrock/conversation";
import type { DiscoverModelsOptions } from "./types.ts";

/** Options with their defaults. */
export interface CheckedOptions extends Pick<DiscoverModelsOptions, "filter" | "include" | "globalProfiles"> {
  readonly defaultContextWindow: number;
  readonly defaultMaxTokens: number;
  readonly maxPages: number;
  readonly timeoutMs: number;
}

/** Node's timers hold no more than 31 bits. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** @throws BedrockError of kind `invalid-config`, naming the option. */
export function checkOptions(options: Omit<DiscoverModelsOptions, "aws" | "regions">): CheckedOptions {
  const { filter, include, globalProfiles } = options;
  return {
    ...{ filter, include, globalProfiles },
    defaultContextWindow: positive("defaultContextWindow", options.defaultContextWindow ?? 32_000),
    defaultMaxTokens: positive("defaultMaxTokens", options.defaultMaxTokens ?? 4_096),
    maxPages: positive("maxPages", options.maxPages ?? 100),
    timeoutMs: positive("timeoutMs", options.timeoutMs ?? 30_000, MAX_TIMER_MS),
  };
}

function positive(name: string, value: number, most = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(value) && value > 0 && value <= most) return value;
  throw new BedrockError({
    kind: "invalid-config",
    problem: `The option ${name} is ${value}`,
    fix: value > most ? `Give at most ${most}` : "Give a whole number of at least 1",
  });
}
