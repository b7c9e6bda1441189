/** Whatever was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(inWords(thrown), { cause: thrown });
}

function inWords(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    // An object without a prototype, or with a broken toString.
    return "The load rejected with something that is not an error";
  }
}
