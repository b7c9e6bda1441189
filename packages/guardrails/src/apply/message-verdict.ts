import type { ImageContent, Message, TextContent } from "@clawrock/conversation";
import type { GuardrailVerdict } from "./guardrail-types.ts";

type Part = TextContent | ImageContent;

/** The parts of a message that a guardrail can judge, in order. */
export function judgedParts({ content }: Message): Part[] {
  if (typeof content === "string") return [{ type: "text", text: content }];
  return content.flatMap((part): Part[] => (isJudged(part) ? [part] : []));
}

/**
 * A message as a verdict leaves it. Of a blocked one only the guardrail's message stays, with the calls of an answer and the
 * reasoning that must stand before them; a blocked result becomes an error of the same call.
 */
export function withVerdict<T extends Message>(message: T, verdict: GuardrailVerdict): T {
  if (verdict.action === "none") return message;
  if (verdict.action === "masked") return masked(message, verdict.content);
  const said: TextContent = { type: "text", text: verdict.message ?? "(Blocked by a guardrail.)" };
  if (message.role !== "assistant") {
    const error = message.role === "toolResult" ? { isError: true } : {};
    return { ...message, ...error, content: [said] };
  }
  const calls = message.content.filter(({ type }) => type === "toolCall");
  const thinking = calls.length > 0 ? message.content.filter(({ type }) => type === "thinking") : [];
  return { ...message, content: [...thinking, said, ...calls] };
}

function masked<T extends Message>(message: T, parts: GuardrailVerdict["content"]): T {
  if (typeof message.content === "string") return { ...message, content: parts };
  let next = 0;
  return { ...message, content: message.content.map((part) => (isJudged(part) ? (parts[next++] ?? part) : part)) };
}

function isJudged(part: { readonly type: string }): part is Part {
  return part.type === "text" || part.type === "image";
}
