import type { HostConfig } from "../host-types.ts";
import { BEDROCK } from "../ids.ts";
import { configSchema } from "./schema.ts";

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
  const written = config?.plugins?.entries?.[BEDROCK]?.config;
  return {
    contextWindow: positive(written, "defaultContextWindow") ?? defaultContextWindow.default,
    maxTokens: positive(written, "defaultMaxTokens") ?? defaultMaxTokens.default,
  };
}

function positive(config: unknown, key: string): number | undefined {
  const discovery = isObject(config) ? config["discovery"] : undefined;
  const value = isObject(discovery) ? discovery[key] : undefined;
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
