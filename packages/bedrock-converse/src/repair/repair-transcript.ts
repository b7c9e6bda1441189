import { BedrockError, type Message, type UserMessage } from "@clawrock/conversation";
import type { ResolvedModel, TranscriptChange } from "../types.ts";
import { repairAnswer } from "./assistant-content.ts";
import { repairAttachments } from "./attachments.ts";
import { checkMessages } from "./check-messages.ts";
import { isOwnMessage } from "./own-message.ts";
import { pairResults } from "./pair-results.ts";
import { type Entry, note, type RepairContext } from "./repair-context.ts";
import { keepToolsApart, liftFromResults } from "./result-turns.ts";
import { withSpeakingOrder } from "./speaking-order.ts";
import { toolsAsText } from "./tools-as-text.ts";
import { repairResult, repairUserMessage } from "./user-content.ts";

export interface RepairOptions {
  /** Whether the request offers tools; without, calls and results are told as text. Default: true. */
  readonly tools?: boolean | undefined;
  /** Whether the model will think, and so refuses to go on from words of its own. Default: false. */
  readonly thinking?: boolean | undefined;
  /** Whether a guardrail is told about spans with `guard`. Default: false. */
  readonly guarded?: boolean | undefined;
}

export interface RepairedTranscript {
  readonly messages: readonly Message[];
  /** Every difference from what was given; empty where nothing had to be changed. */
  readonly changes: readonly TranscriptChange[];
}

/**
 * A conversation as the service accepts it for this model, from any that was stored: pure, linear in its length, and
 * without changes where it is right. Nothing that a user, a model or a tool said is lost; what cannot be sent leaves a note
 * in its place.
 *
 * @throws BedrockError of kind `invalid-request` for values of a wrong type, naming the path: `messages[3].content[1].data`
 */
export function repairTranscript(
  messages: readonly Message[],
  model: ResolvedModel,
  { tools = true, thinking = false, guarded = false }: RepairOptions = {},
): RepairedTranscript {
  checkMessages(messages);
  const context: RepairContext = {
    capabilities: model.capabilities,
    isOwn: isOwnMessage(model),
    guarded,
    changes: [],
  };
  const read = repairedMessages(messages, context);
  const paired = tools ? pairResults(read, context) : toolsAsText(read, context);
  const lifted = tools ? keepToolsApart(liftFromResults(paired, context), context) : paired;
  const ordered = withSpeakingOrder(repairAttachments(lifted, context), thinking, context);
  const { changes } = context;
  return { messages: changes.length === 0 ? messages : ordered.map(({ message }) => message), changes };
}

/** What callers without types may store. */
interface Stored {
  readonly role: string;
  readonly content: UserMessage["content"];
}

function repairedMessages(messages: readonly Message[], context: RepairContext): Entry[] {
  const entries: Entry[] = [];
  for (const [at, given] of messages.entries()) {
    try {
      const message = repairedMessage(given, context, at);
      if (message) entries.push({ message, at });
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      const fix = "Give plain data, without getters or toJSON that throw";
      throw new BedrockError({ kind: "invalid-request", problem: `messages[${at}] cannot be read: ${said}`, fix });
    }
  }
  return entries;
}

function repairedMessage(message: Message, context: RepairContext, at: number): Message | undefined {
  switch (message.role) {
    case "user":
      return repairUserMessage(message, context, at);
    case "assistant":
      return repairAnswer(message, context, at);
    case "toolResult":
      return repairResult(message, context, at);
    default:
      return repairUserMessage(asUser(message as Stored, context, at), context, at);
  }
}

/** A role that Converse does not have, such as a system message among the others: what it says is told as the user's. */
function asUser({ role, content }: Stored, context: RepairContext, at: number): UserMessage {
  note(context, "role-changed", at, undefined, `the role "${role}" is told as the user's`);
  return { role: "user", content, timestamp: 0 };
}
