/** Converse takes ids of `[a-zA-Z0-9_.:-]`, 1 to 64 characters, for `toolUseId`. */
export function toolUseIdOf(id: string): string {
  return fitted(id.replace(/[^a-zA-Z0-9_.:-]/gu, "_"));
}

/**
 * Converse takes tool names of `[a-zA-Z0-9_-]`, 1 to 64 characters.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolSpecification.html
 */
export function toolNameOf(name: string): string {
  return fitted(name.replace(/[^a-zA-Z0-9_-]/gu, "_"));
}

/** Long names keep their head and a checksum of the whole, so that two of them do not become one. */
function fitted(name: string): string {
  if (name === "") return "_";
  if (name.length <= 64) return name;
  let hash = 0;
  for (const character of name) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return `${name.slice(0, 55)}_${hash.toString(36).padStart(7, "0")}`;
}
