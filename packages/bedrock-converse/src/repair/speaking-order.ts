import { type Entry, note, type RepairContext, userSays } from "./repair-context.ts";

/** The user has the first word, and the last one too unless the model goes on from its own. */
export function withSpeakingOrder(entries: readonly Entry[], thinking: boolean, context: RepairContext): Entry[] {
  const turns = context.capabilities.turns?.value;
  const ordered = [...entries];
  const [first] = ordered;
  if (!first || (first.message.role === "assistant" && !turns?.leadingAssistant)) {
    note(context, "turn-added", 0, undefined, "the user has the first word");
    ordered.unshift(userSays("(The conversation begins here.)", 0));
  }
  const last = ordered.at(-1);
  if (last?.message.role !== "assistant") return ordered;
  const part = last.message.content.at(-1);
  if (part?.type !== "text" || part.text.trim() === "" || thinking || !turns?.prefill) {
    note(context, "turn-added", last.at, undefined, "the user has the last word");
    return [...ordered, userSays("(Go on.)", last.at)];
  }
  const text = part.text.trimEnd();
  if (text === part.text) return ordered;
  // Claude refuses a prefill that ends with white space.
  note(context, "text-mended", last.at, last.message.content.length - 1, "the white space at the end of a prefill");
  const content = [...last.message.content.slice(0, -1), { ...part, text }];
  return [...ordered.slice(0, -1), { at: last.at, message: { ...last.message, content } }];
}
