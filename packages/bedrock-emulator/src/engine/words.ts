const stopWords = new Set(
  (
    "a an and any are as at be been but by can could current currently did do does for from get give given has have how i if in into is it its " +
    "let list me my no not of on one or our please returns return should show so such tell than that the their them then there these they this " +
    "those to tool up us use used user using was we were what when where which who why will with would you your about all also call fetch find look lookup make"
  ).split(" "),
);

/** Words in lower case, parts of `snake_case` and `camelCase` names apart. */
export function words(text: string): string[] {
  return (
    text
      .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** The words that carry meaning, without endings: `Cities`, `city` and `city's` are the same. */
export function stems(text: string): string[] {
  return words(text)
    .filter((word) => !stopWords.has(word) && (word.length > 1 || /\p{N}/u.test(word)))
    .map(stem);
}

function stem(word: string): string {
  if (word.length <= 3) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  let base = word;
  if (/(?:[sxz]|ch|sh)es$/.test(base)) base = base.slice(0, -2);
  else if (/[^su]s$/.test(base)) base = base.slice(0, -1);
  const verb = /^(.{3,}?)(?:ing|ed|ly)$/.exec(base)?.[1];
  if (verb !== undefined) base = /([^aeioulsz])\1$/.test(verb) ? verb.slice(0, -1) : verb;
  return base.endsWith("e") ? base.slice(0, -1) : base;
}
