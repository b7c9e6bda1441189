import type { CacheAnswer, DiscoveryCache } from "@clawrock/discovery-cache";
import { type KeptList, keptAs, listOf } from "./kept/kept-list.ts";
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
        const load = async (until: AbortSignal): Promise<KeptList> => {
          const { discover, partsOf } = await import("./discover.ts");
          const list = await discover({ ...one, signal: until }, [aws]);
          return keptAs(list, partsOf(list));
        };
        const key = await modelListKey(one);
        const answer = await cache.get(key, load, { signal, refresh, keep: isWhole, accept: isKept });
        return { ...answer, value: known(answer.value) };
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

function isWhole(kept: KeptList): boolean | Error {
  return known(kept).warnings[0]?.error ?? true;
}

function isKept(stored: unknown): stored is KeptList {
  return listOf(stored) !== undefined;
}

/** What was kept, or was accepted, is a list. */
function known(kept: KeptList): DiscoveryResult {
  const list = listOf(kept);
  if (list) return list;
  throw new TypeError("The cache gave something that is no list of models");
}
