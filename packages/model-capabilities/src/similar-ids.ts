/** Most edits by which a mistyped id may differ from a listed one. */
const MAX_EDITS = 3;
const MAX_ANSWERS = 5;

/** The listed ids within a few edits of a mistyped one, closest first: `claude-opsu-4-7` finds `claude-opus-4-7`. */
export function similarIds(id: string, listed: Iterable<string>): readonly string[] {
  const found: { readonly id: string; readonly edits: number }[] = [];
  for (const candidate of listed) {
    if (Math.abs(candidate.length - id.length) > MAX_EDITS) continue;
    const edits = editDistance(id, candidate.toLowerCase());
    if (edits <= MAX_EDITS) found.push({ id: candidate, edits });
  }
  found.sort((a, b) => a.edits - b.edits || (a.id < b.id ? -1 : 1));
  return found.slice(0, MAX_ANSWERS).map((one) => one.id);
}

/** Levenshtein's distance: insertions, deletions and replacements. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
