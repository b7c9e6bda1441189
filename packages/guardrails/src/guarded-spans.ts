import type {
  GuardQualifier,
  Message,
  TextContent,
  ToolResultMessage,
  UserContent,
  UserMessage,
} from "@clawrock/conversation";

/**
 * Which spans of a conversation a guardrail judges. Where any span is marked, the service judges the marked ones alone;
 * where none is, it judges all text of the messages but not the system prompt, tool calls and tool results
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-converse-api.html).
 */
export interface GuardedSpans {
  /**
   * What the user said: in the last turn in which they said something (default), in every turn, or not at all. The last
   * turn stays the same while tools are called in answer to it.
   */
  readonly user?: "latest" | "all" | "none" | undefined;
  /** What tools gave back: since the user last said something, ever, or not at all (default). */
  readonly toolResults?: "latest" | "all" | "none" | undefined;
  /** The system prompt; its words often look like an attack to a prompt-attack filter. Default: false. */
  readonly system?: boolean | undefined;
  /**
   * For contextual grounding: with `tool-results`, what tools gave back since the user last said something is the source
   * (`grounding_source`), and what the user said is the question (`query`). Default: only spans marked by hand.
   */
  readonly grounding?: "tool-results" | undefined;
}

/**
 * Marks the spans that a guardrail judges: sets `guard` on texts and images of user messages and tool results. A span that
 * has `guard` keeps it. Blank texts, JSON, documents and images other than PNG and JPEG cannot be judged and are never marked.
 * Pure; messages without a mark are given back as they are.
 *
 * On the wire a marked span is a `guardContent` block. A `toolResult` cannot hold one, so that a marked part of a result
 * stands as a `guardContent` beside it. `spans.system` is the request's to read.
 */
export function markGuardedSpans(messages: readonly Message[], spans: GuardedSpans = {}): Message[] {
  const { user = "latest", toolResults = "none", grounding } = spans;
  const latest = latestWords(messages);
  const current = messages.map((_, index) => latest !== undefined && index >= latest);
  const grounded = grounding !== undefined && messages.some((message, at) => current[at] && isSource(message));
  return messages.map((message, index) => {
    const inScope = (scope: "latest" | "all" | "none"): boolean =>
      scope === "all" || (scope === "latest" && current[index] === true);
    if (message.role === "assistant") return message;
    const judged: readonly GuardQualifier[] = inScope(message.role === "user" ? user : toolResults)
      ? ["guard_content"]
      : [];
    if (!grounded || !current[index]) return marked(message, judged);
    const role: GuardQualifier = message.role === "user" ? "query" : "grounding_source";
    return marked(message, judged, [role, ...judged]);
  });
}

/**
 * The qualifiers to send with a span, or `undefined` where it is not judged. `guard_content` alone is the service's default
 * and gives an empty list.
 */
export function guardQualifiers(part: Part): readonly GuardQualifier[] | undefined {
  if (!("guard" in part) || !part.guard || part.guard.length === 0 || !canBeJudged(part)) return undefined;
  if (part.type === "image") return [];
  return part.guard.every((qualifier) => qualifier === "guard_content") ? [] : part.guard;
}

type Part = UserContent;

/** The first message of the last turn in which the user said something; neighbours of the user's side are one turn. */
function latestWords(messages: readonly Message[]): number | undefined {
  const last = messages.findLastIndex((message) => message.role === "user" && partsOf(message).some(canBeJudged));
  if (last < 0) return undefined;
  const before = messages.findLastIndex((message, index) => index < last && message.role !== "user");
  return before + 1;
}

function isSource(message: Message): boolean {
  return message.role === "toolResult" && message.content.some((part) => part.type === "text" && canBeJudged(part));
}

function marked<T extends UserMessage | ToolResultMessage>(
  message: T,
  images: readonly GuardQualifier[],
  texts: readonly GuardQualifier[] = images,
): T {
  let changed = false;
  const content = partsOf(message).map((part) => {
    const guard = part.type === "text" ? texts : images;
    if (guard.length === 0 || ("guard" in part && part.guard) || !canBeJudged(part)) return part;
    changed = true;
    return { ...part, guard };
  });
  return changed ? { ...message, content } : message;
}

function partsOf({ content }: UserMessage | ToolResultMessage): readonly Part[] {
  if (typeof content !== "string") return content;
  const text: TextContent = { type: "text", text: content };
  return [text];
}

/** Blank guardContent is refused, and so are images that are neither PNG nor JPEG; documents have no guardContent. */
function canBeJudged(part: Part): boolean {
  if (part.type === "text") return part.text.trim() !== "";
  return part.type === "image" && /^image\/(?:png|jpe?g)$/iu.test(part.mimeType);
}
