import type { PromptCaching } from "@clawrock/model-capabilities";
import type { MantleTurn } from "../turn/turn.ts";
import type { WireBlock, WireMessage } from "./wire-block.ts";

/**
 * The mark up to which a prompt is cached, for a block of the system prompt or the messages; undefined where the model or the
 * caller wants none. All marks of a request last equally long, for a longer one may not follow a shorter one.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export function cacheMark(
  field: "system" | "messages",
  retention: MantleTurn["cacheRetention"],
  { supported, fields, ttls }: PromptCaching,
): object | undefined {
  if (!supported || retention === "none" || !fields.includes(field)) return undefined;
  const hour = retention === "long" && ttls.includes("1h");
  return hour ? { type: "ephemeral", ttl: "1h" } : { type: "ephemeral" };
}

/** A block with its mark; a block of the system prompt or the messages may have none. */
export function marked(block: WireBlock, mark: object | undefined): WireBlock {
  return mark ? { ...block, cache_control: mark } : block;
}

/** The messages with their last `most` marks; the service refuses more than it allows. */
export function withLastMarks(messages: readonly WireMessage[], most: number): WireMessage[] {
  let left = most;
  return messages
    .toReversed()
    .map(({ role, content }) => ({
      role,
      content: content
        .toReversed()
        .map((block) => {
          if (block["cache_control"] === undefined || left-- > 0) return block;
          const { cache_control: _, ...bare } = block;
          return bare;
        })
        .toReversed(),
    }))
    .toReversed();
}
