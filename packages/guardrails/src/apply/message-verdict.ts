import type { DocumentContent, ImageContent, JsonContent, Message, TextContent } from "@clawrock/conversation";
import type { GuardrailVerdict } from "./guardrail-types.ts";

type Judged = TextContent | ImageContent;
type Part = Exclude<Message["content"], string>[number];

/**
 * The parts of a message as a guardrail can judge them, in order: JSON as its text, documents by their texts. Bytes of
 * documents and videos, reasoning and calls are left out.
 */
export function judgedParts({ content }: Message): Judged[] {
  return typeof content === "string" ? [text(content)] : content.flatMap((part) => views(part));
}

/**
 * A message as a verdict leaves it. Of a blocked one only the guardrail's message stays, with the calls of an answer and the
 * reasoning that must stand before them; a blocked result becomes an error of the same call.
 */
export function withVerdict<T extends Message>(message: T, verdict: GuardrailVerdict): T {
  if (verdict.action === "none") return message;
  if (verdict.action === "masked") return masked(message, verdict.content);
  const said = text(verdict.message ?? "(Blocked by a guardrail.)");
  if (message.role !== "assistant") {
    const error = message.role === "toolResult" ? { isError: true } : {};
    return { ...message, ...error, content: [said] };
  }
  const calls = message.content.filter(({ type }) => type === "toolCall");
  const thinking = calls.length > 0 ? message.content.filter(({ type }) => type === "thinking") : [];
  return { ...message, content: [...thinking, said, ...calls] };
}

function masked<T extends Message>(message: T, judged: GuardrailVerdict["content"]): T {
  if (typeof message.content === "string") return { ...message, content: judged };
  let next = 0;
  const content = message.content.map((part) => {
    const own = judged.slice(next, next + views(part).length);
    next += own.length;
    switch (part.type) {
      case "text":
      case "image":
        return own[0] ?? part;
      case "json":
        return jsonOf(part, textOf(own[0]));
      case "document":
        return documentOf(part, own.map(textOf));
      default:
        return part;
    }
  });
  return { ...message, content };
}

function views(part: Part): Judged[] {
  switch (part.type) {
    case "text":
    case "image":
      return [part];
    case "json":
      return [text(JSON.stringify(part.json))];
    case "document":
      return documentTexts(part).map(text);
    default:
      return [];
  }
}

/** The text, or the chunks, and what the model is told about the document. */
function documentTexts({ text: whole, chunks = [], context }: DocumentContent): string[] {
  const said = whole === undefined ? chunks : [whole];
  return context === undefined ? [...said] : [...said, context];
}

function documentOf(document: DocumentContent, texts: readonly string[]): DocumentContent {
  const { text: whole, chunks, context } = document;
  const said = context === undefined ? texts : texts.slice(0, -1);
  return {
    ...document,
    ...(whole === undefined ? chunks && { chunks: said } : { text: said.join("") }),
    ...(context !== undefined && { context: texts.at(-1) ?? context }),
  };
}

/** Masked JSON stays JSON where it still is; otherwise its text is kept. */
function jsonOf(part: JsonContent, said: string): JsonContent | TextContent {
  if (said === JSON.stringify(part.json)) return part;
  try {
    const json: unknown = JSON.parse(said);
    if (typeof json === "object" && json !== null && !Array.isArray(json)) return { type: "json", json: { ...json } };
  } catch {
    // A mask took a quote or a number with it.
  }
  return text(said);
}

function text(words: string): TextContent {
  return { type: "text", text: words };
}

function textOf(part: Judged | undefined): string {
  return part?.type === "text" ? part.text : "";
}
