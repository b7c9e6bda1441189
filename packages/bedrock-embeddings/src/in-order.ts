export interface InOrderOptions {
  /** Results that may wait for an earlier one. */
  readonly ahead: number;
  readonly signal: AbortSignal;
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
  const begun: Promise<R>[] = [];
  let pulling: Promise<void> | undefined;
  let ended = false;
  let broken: { readonly reason: unknown } | undefined;
  const pull = async (): Promise<void> => {
    try {
      const { done, value } = await source.next();
      if (done) ended = true;
      else begin(value);
    } catch (reason) {
      ended = true;
      broken = { reason };
    }
    pulling = undefined;
  };
  const begin = (item: T): void => {
    const result = task(item);
    // Whoever comes to it sees the failure; until then it must not count as unhandled.
    result.catch(() => undefined);
    begun.push(result);
  };
  try {
    for (;;) {
      signal.throwIfAborted();
      if (broken) throw broken.reason;
      if (!ended && begun.length < ahead) pulling ??= pull();
      const [first] = begun;
      if (first === undefined) {
        if (!pulling) return;
        await pulling;
      } else if (pulling) {
        // Whichever comes first: a further item to begin, or the next result to give.
        const arrived = await Promise.race([pulling.then(() => false), first.then(() => true)]);
        if (arrived) yield await taken(begun, first);
      } else yield await taken(begun, first);
    }
  } finally {
    // A source that is waited for is left to itself: it may never answer.
    if (!ended && !pulling) await source.return?.();
  }
}

async function taken<R>(begun: Promise<R>[], first: Promise<R>): Promise<R> {
  const result = await first;
  begun.shift();
  return result;
}
