export interface InOrderOptions {
  /** Results that may wait for an earlier one. */
  readonly ahead: number;
  /** Ends the loop at once with its reason, also while an item is waited for. */
  readonly signal: AbortSignal;
}

interface Begun<R> {
  readonly result: Promise<R>;
  settled: boolean;
}

/**
 * Begins a task for each item and gives the results in the order of the items, holding few of either: items are asked for as
 * results are taken. Leaving the loop or a failure begins no more; the tasks must end by a signal of their own.
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  task: (item: T) => Promise<R>,
  { ahead, signal }: InOrderOptions,
): AsyncGenerator<R, void, undefined> {
  const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const begun: Begun<R>[] = [];
  let pulling = false;
  let ended = false;
  let broken: { readonly reason: unknown } | undefined;
  let wake = (): void => undefined;

  const begin = (item: T): void => {
    const entry: Begun<R> = { result: task(item), settled: false };
    const settle = (): void => {
      entry.settled = true;
      wake();
    };
    // Whoever comes to it sees a failure; until then it must not count as unhandled.
    entry.result.then(settle, settle);
    begun.push(entry);
  };
  const pull = async (): Promise<void> => {
    pulling = true;
    try {
      const { done, value } = await source.next();
      if (done) ended = true;
      else if (!signal.aborted) begin(value);
    } catch (reason) {
      ended = true;
      broken = { reason };
    }
    pulling = false;
    wake();
  };
  const abort = (): void => wake();
  signal.addEventListener("abort", abort);
  try {
    for (;;) {
      signal.throwIfAborted();
      if (broken) throw broken.reason;
      if (!ended && !pulling && begun.length < ahead) void pull();
      const [first] = begun;
      if (first?.settled) {
        const result = await first.result;
        begun.shift();
        yield result;
      } else if (first || pulling) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else return;
    }
  } finally {
    signal.removeEventListener("abort", abort);
    // A source that is waited for is left to itself: it may never answer.
    if (!ended && !pulling) await source.return?.();
  }
}
