import type { CacheAnswer, DiscoveryCache } from "@clawrock/discovery-cache";
import { type ListKeyOptions, modelListKey } from "./list-key.ts";
import { viewsOf } from "./regions.ts";
import type { DiscoveryResult } from "./types.ts";

export interface ModelDiscoveryOptions extends ListKeyOptions {
  readonly cache: DiscoveryCache;
}

/** Asks for the models; `signal` ends this caller's wait, `refresh` asks the service whatever is known. */
export type ModelDiscovery = (how?: {
  readonly signal?: AbortSignal | undefined;
  readonly refresh?: boolean | undefined;
}) => Promise<CacheAnswer<DiscoveryResult>>;

/**
 * `discoverModels` with a cache before it: at once where the list is known, one request at a time, the last good list with its
 * age and the reason where the service fails. A list with warnings is given, but not kept. Of several regions each is kept by
 * itself; the answer is as old as the oldest.
 *
 * A list from the cache loads neither the AWS SDK nor the tables of models.
 *
 * @throws what `discoverModels` throws, if there has never been a list.
 */
export function createModelDiscovery({ cache, regions, ...options }: ModelDiscoveryOptions): ModelDiscovery {
  return async ({ signal, refresh } = {}) => {
    const views = viewsOf({ aws: options.aws, regions });
    const answers = await Promise.allSettled(
      views.map(async (aws) => {
        const one = { ...options, aws };
        const load = async (until: AbortSignal): Promise<DiscoveryResult> => {
          const { discover } = await import("./discover.ts");
          return discover({ ...one, signal: until }, [aws]);
        };
        return cache.get(await modelListKey(one), load, { signal, refresh, keep: whole, accept: isResult });
      }),
    );
    signal?.throwIfAborted();
    const [only] = answers;
    if (only?.status === "fulfilled" && answers.length === 1) return only.value;
    if (only?.status === "rejected" && answers.length === 1) throw only.reason;
    const { mergeAnswers } = await import("./merge-answers.ts");
    return mergeAnswers(views, answers, options.globalProfiles);
  };
}

function whole({ warnings }: DiscoveryResult): boolean | Error {
  return warnings[0]?.error ?? true;
}

/** Whether what a store holds can be a list: rows with the fields that every reader needs. */
function isResult(stored: unknown): stored is DiscoveryResult {
  const { models, hidden, warnings } = (stored ?? {}) as Partial<Record<keyof DiscoveryResult, unknown>>;
  return Array.isArray(models) && models.every(isModel) && Array.isArray(hidden) && Array.isArray(warnings);
}

function isModel(row: unknown): boolean {
  if (typeof row !== "object" || row === null) return false;
  const { id, name, region, capabilities, contextWindow } = row as Record<string, unknown>;
  return (
    [id, name, region].every((text) => typeof text === "string") &&
    typeof capabilities === "object" &&
    capabilities !== null &&
    typeof contextWindow === "number"
  );
}
