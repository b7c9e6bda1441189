import type { Tool } from "../types.ts";

/**
 * A tool's name as services take it: `[a-zA-Z0-9_-]`, 1 to 64 characters. A name that has to be changed keeps what it can
 * and gets a checksum of the whole, so that two of them do not become one.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolSpecification.html
 * https://platform.openai.com/docs/api-reference/chat/create (`tools[].function.name`)
 */
export function wireToolName(name: string): string {
  if (/^[a-zA-Z0-9_-]{1,64}$/u.test(name)) return name;
  return `${name.replace(/[^a-zA-Z0-9_-]/gu, "_").slice(0, 55)}_${checksum(name)}`;
}

/** The callers' names of tools by the ones that go over the wire. */
export function toolNamesByWireName(tools: readonly Tool[]): ReadonlyMap<string, string> {
  return new Map(tools.map(({ name }) => [wireToolName(name), name]));
}

/**
 * Ids of the calls of one turn, each once: the second of the same id gets a number.
 *
 * @param spell - gives an id in the service's letters; default: those of names
 */
export function wireCallIds(
  ids: readonly string[],
  spell: (id: string, index: number) => string = wireToolName,
): string[] {
  const counts = new Map<string, number>();
  return ids.map((id, index) => {
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return spell(count === 1 ? id : `${id}#${count}`, index);
  });
}

/** FNV-1a, 32 bits. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(36).padStart(7, "0");
}
