import type { Turn, TurnPart } from "./turn.ts";

/** Characters of a word that one token holds. */
const wordPiece = 7;
const imageTokens = 1_600;
const messageOverhead = 3;

/**
 * Counts tokens: one for each mark or up to three digits, one for each seven letters begun of a word. No real model's tokenizer,
 * but it grows with the text as they do and never changes.
 */
export function countTokens(text: string): number {
  let tokens = 0;
  for (const piece of text.matchAll(/\p{L}+|\p{N}{1,3}|[^\s\p{L}\p{N}]/gu))
    tokens += Math.ceil(piece[0].length / wordPiece);
  return tokens;
}

/** The tokens of one part of a message. */
function countPart(part: TurnPart): number {
  switch (part.kind) {
    case "text":
    case "reasoning":
    case "toolResult":
      return countTokens(part.text);
    case "toolUse":
      return countTokens(part.name) + countTokens(JSON.stringify(part.input));
    case "media":
      return part.text === undefined && part.media === "image"
        ? imageTokens
        : countTokens(part.text ?? "") + Math.ceil(part.bytes / 1_000);
  }
}

/** The tokens of everything that a turn sends to the model. */
export function countInput(turn: Turn): number {
  const tools = turn.tools.map((tool) =>
    countTokens(`${tool.name} ${tool.description} ${JSON.stringify(tool.schema)}`),
  );
  const system = turn.system.map(countTokens);
  const messages = turn.messages.map((message) => messageOverhead + sum(message.parts.map(countPart)));
  return sum(tools) + sum(system) + sum(messages) + (tools.length > 0 ? 40 : 0);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
