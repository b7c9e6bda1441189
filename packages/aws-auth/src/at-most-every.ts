/** A function whose answer is kept for a while: for things that change rarely and are asked at every request. */
export function atMostEvery<T>(ms: number, ask: () => T, now: () => number = Date.now): () => T {
  let last: { readonly at: number; readonly answer: T } | undefined;
  return () => {
    const at = now();
    if (!last || at - last.at >= ms || at < last.at) last = { at, answer: ask() };
    return last.answer;
  };
}
