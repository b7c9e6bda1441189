import { countTokens, sum } from "../engine/tokens.ts";
import type { AnswerEvent } from "../engine/turn.ts";
import type { PreparedConverse } from "./prepare.ts";

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly cacheReadInputTokens?: number;
  readonly cacheWriteInputTokens?: number;
  readonly cacheDetails?: readonly { readonly ttl: string; readonly inputTokens: number }[];
}

/** The tokens of everything that an engine said. */
export function countOutput(events: readonly AnswerEvent[]): number {
  return sum(
    events.map((event) => {
      if (event.kind === "text" || event.kind === "reasoning") return countTokens(event.text);
      if (event.kind === "toolInput") return countTokens(event.json);
      if (event.kind === "toolUse") return countTokens(event.name);
      return 0;
    }),
  );
}

/** Usage as the service reports it: `inputTokens` holds what was neither read from nor written to a cache. */
export function usageOf(
  prepared: Pick<PreparedConverse, "inputTokens" | "cache">,
  outputTokens: number,
  inputTokens: number = prepared.inputTokens,
): Usage {
  const totalTokens = inputTokens + outputTokens;
  const { cache } = prepared;
  if (!cache) return { inputTokens, outputTokens, totalTokens };
  return {
    inputTokens: Math.max(0, inputTokens - cache.read - cache.written),
    outputTokens,
    totalTokens,
    cacheReadInputTokens: cache.read,
    cacheWriteInputTokens: cache.written,
    ...(cache.written > 0 && { cacheDetails: [{ ttl: cache.ttl, inputTokens: cache.written }] }),
  };
}
