/**
 * Runs `task` for each item, at most `limit` at a time, and gives the results in the order of the items. The first
 * failure aborts the signal of the tasks under way, begins no more, and is the failure of the whole.
 */
export async function runBounded<T, R>(
  items: readonly T[],
  limit: number,
  task: (item: T, signal: AbortSignal) => Promise<R>,
  signal?: AbortSignal | undefined,
): Promise<R[]> {
  const results: R[] = [];
  const failed = new AbortController();
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const remaining = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of remaining) {
      if (either.aborted) return;
      results[index] = await task(item, either);
    }
  };
  const workers = Array.from({ length: Math.min(limit, items.length) }, () =>
    worker().catch((error: unknown) => {
      failed.abort();
      throw error;
    }),
  );
  await Promise.all(workers);
  return results;
}
