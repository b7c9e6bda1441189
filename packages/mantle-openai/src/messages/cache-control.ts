import type { PromptCaching } from "@clawrock/model-capabilities";
import type { MantleTurn } from "../turn/turn.ts";

/**
 * The mark up to which a prompt is cached, for a block of the system prompt or the messages; nothing where the model or the
 * caller wants none. Two are set: after the system prompt, which holds the tools before it, and after the last stable block.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export function cacheControl(
  field: "system" | "messages",
  retention: MantleTurn["cacheRetention"],
  { supported, fields, ttls }: PromptCaching,
): object {
  if (!supported || retention === "none" || !fields.includes(field)) return {};
  const hour = retention === "long" && ttls.includes("1h");
  return { cache_control: hour ? { type: "ephemeral", ttl: "1h" } : { type: "ephemeral" } };
}
