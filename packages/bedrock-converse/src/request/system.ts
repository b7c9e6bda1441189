import type { BuiltMessage } from "./messages.ts";

/** Models that take no system prompt are given it as the first words of the first user message. */
export function systemAsWords(system: string, messages: readonly BuiltMessage[]): BuiltMessage[] {
  const [first, ...rest] = messages;
  if (!first || system.trim() === "") return [...messages];
  const { role, content } = first.message;
  return [
    { message: { role, content: [{ text: system }, ...content] }, stableBlocks: first.stableBlocks + 1 },
    ...rest,
  ];
}
