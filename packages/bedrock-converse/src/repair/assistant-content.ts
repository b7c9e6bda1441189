import type { AssistantContent, AssistantMessage, ThinkingContent, ToolCall } from "@clawrock/conversation";
import { wireToolName } from "@clawrock/conversation";
import { isPlain, isSoundJson, toSoundJson } from "./json.ts";
import { note, type RepairContext } from "./repair-context.ts";
import { asParts, repairText, repairUnknown } from "./user-content.ts";

/** An answer as the model that is asked takes it back; undefined when nothing is left of it. */
export function repairAnswer(
  message: AssistantMessage,
  context: RepairContext,
  at: number,
): AssistantMessage | undefined {
  const given = asParts<AssistantContent>(message.content, context, at);
  if (given.length === 0) {
    note(context, "blank-dropped", at, undefined, "the answer is empty");
    return undefined;
  }
  const signs = context.capabilities.reasoning.value.replay === "signed" && context.isOwn(message);
  const replayed = signs && given.some((part) => part.type === "thinking" && isSigned(part));
  let content: AssistantContent[] | undefined = given === message.content ? undefined : [];
  for (let block = 0; block < given.length; block++) {
    const part = given[block];
    if (!part) continue;
    const repaired = repairPart(part, { signs, replayed }, context, at, block);
    if (repaired === part && !content) continue;
    content ??= given.slice(0, block);
    if (repaired) content.push(repaired);
  }
  if (!content) return message;
  return content.length === 0 ? undefined : { ...message, content };
}

interface Replay {
  /** Whether the model takes back the signed thinking of this answer. */
  readonly signs: boolean;
  /** Whether it gets some. */
  readonly replayed: boolean;
}

function repairPart(
  part: AssistantContent,
  { signs, replayed }: Replay,
  context: RepairContext,
  at: number,
  block: number,
): AssistantContent | undefined {
  switch (part.type) {
    case "text":
      // Beside signed thinking each part stays where it stood: dropping one would modify the turn that was signed.
      if (replayed && part.text.trim() === "") return blankBesideThinking(part, context, at, block);
      return repairText(part, context, at, block);
    case "thinking":
      return signs && isSigned(part) ? part : unsignedThinking(part, context, at, block);
    case "toolCall":
      return repairCall(part, context, at, block);
    default:
      return repairUnknown(part, context, at, block);
  }
}

/** An empty text is refused everywhere, white space is not. */
function blankBesideThinking<T extends { text: string }>(
  part: T,
  context: RepairContext,
  at: number,
  block: number,
): T {
  if (part.text !== "") return part;
  note(context, "text-mended", at, block, "an empty text beside signed thinking becomes a line break");
  return { ...part, text: "\n" };
}

function isSigned({ thinking, thinkingSignature, redacted }: ThinkingContent): boolean {
  if (!thinkingSignature) return false;
  return redacted ? /^[A-Za-z0-9+/_-]+=*$/u.test(thinkingSignature) : thinking.isWellFormed();
}

/** Thinking without a signature of this model: its words, where the model is shown them, and nothing otherwise. */
function unsignedThinking(
  part: ThinkingContent,
  context: RepairContext,
  at: number,
  block: number,
): AssistantContent | undefined {
  const words =
    part.redacted || context.capabilities.reasoning.value.replay === "drop" ? "" : part.thinking.toWellFormed();
  if (words.trim() === "") {
    note(
      context,
      "thinking-dropped",
      at,
      block,
      part.redacted ? "another model's sealed thinking" : "thinking the model does not take back",
    );
    return undefined;
  }
  note(context, "thinking-as-text", at, block, "thinking that the model did not sign, or takes back as text only");
  return { type: "text", text: words };
}

function repairCall(part: ToolCall, context: RepairContext, at: number, block: number): ToolCall {
  const name = wireToolName(part.name);
  if (name !== part.name) note(context, "tool-name-changed", at, block, `the tool "${part.name}" is called ${name}`);
  const input = repairArguments(part.arguments, context, at, block);
  return name === part.name && input === part.arguments ? part : { ...part, name, arguments: input };
}

/** Stored arguments as the object that the service wants: from their JSON text if need be, `{}` if there is none. */
function repairArguments(stored: unknown, context: RepairContext, at: number, block: number): ToolCall["arguments"] {
  if (isPlain(stored) && isSoundJson(stored)) return stored;
  const mended = toSoundJson(typeof stored === "string" ? parsed(stored) : stored);
  note(
    context,
    "arguments-mended",
    at,
    block,
    `the call's arguments are ${typeof stored === "string" ? "a text" : "no sound JSON object"}`,
  );
  return isPlain(mended) ? mended : {};
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
