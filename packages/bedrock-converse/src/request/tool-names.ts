/**
 * Converse takes ids of `[a-zA-Z0-9_.:-]`, 1 to 64 characters, for `toolUseId`, and each only once in a turn: the second
 * of the same name gets a number.
 */
export function toolUseIds(ids: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return ids.map((id) => {
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return fitted(count === 1 ? id : `${id}#${count}`, /[^a-zA-Z0-9_.:-]/gu);
  });
}

/**
 * Converse takes tool names of `[a-zA-Z0-9_-]`, 1 to 64 characters.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolSpecification.html
 */
export function toolNameOf(name: string): string {
  return fitted(name, /[^a-zA-Z0-9_-]/gu);
}

/** A name that has to be changed keeps what it can and gets a checksum of the whole, so that two of them do not become one. */
function fitted(name: string, foreign: RegExp): string {
  const clean = name.replace(foreign, "_");
  if (clean === name && name !== "" && name.length <= 64) return name;
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return `${clean.slice(0, 55)}_${hash.toString(36).padStart(7, "0")}`;
}
