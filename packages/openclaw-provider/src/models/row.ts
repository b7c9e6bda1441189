import type { ModelCapabilities, Price } from "@clawrock/model-capabilities";
import type { HostCost, HostModelRow } from "../host-types.ts";

export interface RowInit {
  readonly id: string;
  readonly name: string | undefined;
  readonly capabilities: ModelCapabilities;
  /** What to say where nobody knows. */
  readonly contextWindow: number;
  readonly maxTokens: number;
}

/**
 * A model as the host lists it. Where no price is known the row has none, and the host shows no cost, rather than $0.00; its
 * declarations ask for a price, its own schema and every reader of it do not (docs/decisions/0008).
 */
export function rowOf({ id, name, capabilities, contextWindow, maxTokens }: RowInit): HostModelRow {
  const { price } = capabilities;
  const row = {
    id,
    name: name ?? capabilities.displayName?.value ?? id,
    reasoning: capabilities.reasoning.value.mode !== "none",
    input: capabilities.input.value.includes("image") ? ["text", "image"] : ["text"],
    contextWindow: capabilities.contextWindow?.value ?? contextWindow,
    maxTokens: capabilities.maxOutputTokens?.value ?? maxTokens,
    ...(price && { cost: costOf(price.value) }),
  };
  return row as HostModelRow;
}

/** For models the host streams itself: its clients multiply with the price and must find one. */
export const UNPRICED: Pick<HostModelRow, "cost"> = { cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 } };

function costOf({ input, output, cacheRead = 0, cacheWrite5m = 0 }: Price): HostCost {
  return { input, output, cacheRead, cacheWrite: cacheWrite5m };
}
