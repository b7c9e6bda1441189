import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { HostCost, HostModelRow } from "../host-types.ts";

export interface RowInit {
  readonly id: string;
  readonly name: string | undefined;
  readonly capabilities: ModelCapabilities;
  /** What to say where nobody knows. */
  readonly contextWindow: number;
  readonly maxTokens: number;
}

/** A model as the host lists it. A price nobody knows is 0 there: the host takes no row without one. */
export function rowOf({ id, name, capabilities, contextWindow, maxTokens }: RowInit): HostModelRow {
  return {
    id,
    name: name ?? capabilities.displayName?.value ?? id,
    reasoning: capabilities.reasoning.value.mode !== "none",
    input: capabilities.input.value.includes("image") ? ["text", "image"] : ["text"],
    cost: costOf(capabilities),
    contextWindow: capabilities.contextWindow?.value ?? contextWindow,
    maxTokens: capabilities.maxOutputTokens?.value ?? maxTokens,
  };
}

function costOf({ price }: ModelCapabilities): HostCost {
  const { input = 0, output = 0, cacheRead = 0, cacheWrite5m = 0 } = price?.value ?? {};
  return { input, output, cacheRead, cacheWrite: cacheWrite5m };
}
