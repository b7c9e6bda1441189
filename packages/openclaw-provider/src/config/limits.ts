import type { HostConfig } from "../host-types.ts";
import { configSchema } from "./schema.ts";
import { written } from "./written.ts";

/** In tokens, for models about which nobody knows more. */
export interface Limits {
  readonly contextWindow: number;
  readonly maxTokens: number;
}

/**
 * The configured limits, read without validating the rest: every command asks for models, and what is wrong with the
 * settings is the turn's to say, in words, rather than "unknown model".
 */
export function limitsOf(config: HostConfig | undefined): Limits {
  const { defaultContextWindow, defaultMaxTokens } = configSchema.properties.discovery.properties;
  return {
    contextWindow: positive(config, "defaultContextWindow") ?? defaultContextWindow.default,
    maxTokens: positive(config, "defaultMaxTokens") ?? defaultMaxTokens.default,
  };
}

function positive(config: HostConfig | undefined, key: string): number | undefined {
  const value = written(config, "discovery", key);
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : undefined;
}
