/** What a load learns of those who wait for it. */
export interface Waiting {
  /** Aborts when all who waited have gone. Made when it is asked for: what is in the store needs none. */
  signal(): AbortSignal;
  /** Whether they have gone. */
  gone(): boolean;
}

/** One load that several callers wait for. It is aborted when all who waited have gone. */
export interface SharedLoad<T> {
  /** Waits for the result. @throws the signal's reason as soon as it aborts. */
  wait(signal: AbortSignal | undefined): Promise<T>;
  /** Lets the load go on although nobody waits. */
  keepGoing(): void;
  /** Resolves when the load has ended, well or not, or was given up. */
  readonly ended: Promise<void>;
}

/** Begins a load. `onEnd` runs when it has ended or was given up, before anybody who waits is told. */
export function shareLoad<T>(load: (waiting: Waiting) => Promise<T>, onEnd: () => void): SharedLoad<T> {
  let made: AbortController | undefined;
  let abandoned = false;
  const controller = (): AbortController => {
    made ??= new AbortController();
    return made;
  };
  const waiting: Waiting = { signal: () => controller().signal, gone: () => abandoned };
  const ended = Promise.withResolvers<void>();
  const end = (): void => {
    onEnd();
    ended.resolve();
  };
  let holders = 0;
  const result = (async () => load(waiting))().finally(end);
  // With nobody left to wait, a failure is nobody's to handle.
  result.catch(() => {});

  async function wait(signal: AbortSignal | undefined): Promise<T> {
    signal?.throwIfAborted();
    holders += 1;
    if (!signal) return result;
    const gone = Promise.withResolvers<never>();
    const leave = (): void => {
      holders -= 1;
      gone.reject(signal.reason);
      if (holders > 0) return;
      end();
      abandoned = true;
      controller().abort(signal.reason);
    };
    signal.addEventListener("abort", leave, { once: true });
    try {
      return await Promise.race([result, gone.promise]);
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  return {
    wait,
    keepGoing: () => {
      holders += 1;
    },
    ended: ended.promise,
  };
}
