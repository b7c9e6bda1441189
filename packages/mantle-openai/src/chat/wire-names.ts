import { createHash } from "node:crypto";
import type { Tool } from "@clawrock/conversation";

/**
 * Tool names as chat completions take them: `[a-zA-Z0-9_-]`, 1 to 64 characters. A name that has to be changed keeps what it
 * can and gets a checksum of the whole, so that two of them do not become one.
 * https://platform.openai.com/docs/api-reference/chat/create (`tools[].function.name`)
 */
export function wireName(name: string): string {
  if (/^[a-zA-Z0-9_-]{1,64}$/u.test(name)) return name;
  const checksum = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.replace(/[^a-zA-Z0-9_-]/gu, "_").slice(0, 55)}_${checksum}`;
}

/** The caller's name of a tool by the one that went over the wire; a name of no tool stays as it is. */
export function callersName(tools: readonly Tool[] | undefined): (name: string) => string {
  const names = new Map(tools?.map(({ name }) => [wireName(name), name]));
  return (name) => names.get(name) ?? name;
}

/** Ids of the calls of one turn in the letters of names; the second of the same id gets a number. */
export function wireCallIds(ids: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return ids.map((id) => {
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return wireName(count === 1 ? id : `${id}#${count}`);
  });
}
