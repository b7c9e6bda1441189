import type { AssistantContent, TextContent, ToolResultMessage, UserContent } from "@clawrock/conversation";
import { emptyUsage } from "@clawrock/conversation";
import { guardQualifiers } from "@clawrock/guardrails";
import { type Entry, isUserSide, note, type RepairContext, runsOf, shown, takes, userSays } from "./repair-context.ts";
import { jsonAsText } from "./user-content.ts";

/** What a model refuses inside of a tool result stands beside it, behind a line that says whose it is. */
export function liftFromResults(entries: readonly Entry[], context: RepairContext): Entry[] {
  return entries.flatMap((entry) => {
    const { message, at } = entry;
    if (message.role !== "toolResult") return [entry];
    const lifted = message.content.filter((part) => !staysInside(part, message, context));
    if (lifted.length === 0) return [entry];
    note(context, "result-lifted", at, undefined, "the model does not take the part inside of a tool result");
    const kept = message.content.filter((part) => staysInside(part, message, context));
    const content = kept.length > 0 ? kept : [{ type: "text" as const, text: "(see the attachment below)" }];
    return [
      { at, message: { ...message, content } },
      { at, message: { role: "user", content: [attachedTo(message), ...lifted.map(jsonAsText)], timestamp: 0 } },
    ];
  });
}

function staysInside(
  part: UserContent,
  { isError }: ToolResultMessage,
  { capabilities, guarded }: RepairContext,
): boolean {
  const { imagesInResults, documentsInResults, mixedResults } = capabilities.tools.value;
  if (guarded && mixedResults && guardQualifiers(part)) return false;
  switch (part.type) {
    // Claude takes nothing but text in a result that is an error.
    case "image":
      return imagesInResults && !isError;
    case "document":
      return documentsInResults && !(isError && takes("document", capabilities));
    case "video":
      return false;
    default:
      return true;
  }
}

function attachedTo({ toolName }: ToolResultMessage): TextContent {
  return { type: "text", text: `(Attached to the result of ${shown(toolName)}:)` };
}

/**
 * For models that want calls and results alone in their turns: words before a call get a turn of their own, a host's
 * context beside a result becomes part of it, and what the user says beside it follows in the user's next turn.
 */
export function keepToolsApart(entries: readonly Entry[], context: RepairContext): Entry[] {
  const { mixedResults, mixedCalls = mixedResults } = context.capabilities.tools.value;
  if (mixedResults && mixedCalls) return [...entries];
  return runsOf(entries).flatMap((run) => {
    if (run[0] && isUserSide(run[0])) return mixedResults ? run : resultsAlone(run, context);
    return mixedCalls ? run : callsAlone(run, context);
  });
}

function callsAlone(run: readonly Entry[], context: RepairContext): Entry[] {
  const words = run.flatMap((entry) => only(entry, (part) => part.type !== "toolCall"));
  const calls = run.flatMap((entry) => only(entry, (part) => part.type === "toolCall"));
  const [first] = calls;
  if (!first || words.length === 0) return [...run];
  for (const { at } of run) note(context, "calls-apart", at, undefined, "the model wants calls alone in their turn");
  return [...words, userSays("(Go on.)", first.at), ...calls];
}

/** An answer with some of its parts; nothing if it has none of them. */
function only(entry: Entry, wanted: (part: AssistantContent) => boolean): Entry[] {
  const { message, at } = entry;
  if (message.role !== "assistant") return [];
  const content = message.content.filter(wanted);
  if (content.length === 0) return [];
  return content.length === message.content.length ? [entry] : [{ at, message: { ...message, content } }];
}

function resultsAlone(run: readonly Entry[], context: RepairContext): Entry[] {
  const results = run.filter(({ message }) => message.role === "toolResult");
  const last = results.at(-1);
  const beside = run.filter(({ message }) => message.role === "user");
  if (last?.message.role !== "toolResult" || beside.length === 0) return [...run];
  const parts = beside.flatMap(({ message }) => partsOf(message));
  const isContext = beside.every(({ message }) => message.role === "user" && message.runtimeContextCarrier);
  if (isContext && parts.every(({ type }) => type === "text" || type === "cachePoint")) {
    for (const { at } of [last, ...beside]) {
      note(context, "result-folded", at, undefined, "the model wants results alone in their turn");
    }
    const words = parts.filter((part) => part.type === "text");
    const message = { ...last.message, content: [...last.message.content, ...words] };
    return [...results.slice(0, -1), { at: last.at, message }];
  }
  for (const { at } of beside)
    note(context, "turn-added", at, undefined, "the model wants results alone in their turn");
  return [...results, { at: last.at, message: receipt() }, ...beside];
}

function partsOf(message: Entry["message"]): readonly UserContent[] {
  if (message.role !== "user") return [];
  return typeof message.content === "string" ? [{ type: "text", text: message.content }] : message.content;
}

function receipt(): Entry["message"] {
  return {
    role: "assistant",
    content: [{ type: "text", text: "(Received.)" }],
    api: "bedrock-converse-stream",
    provider: "amazon-bedrock",
    model: "",
    usage: emptyUsage(),
    stopReason: "stop",
    timestamp: 0,
  };
}
