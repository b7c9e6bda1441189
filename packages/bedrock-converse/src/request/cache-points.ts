import type {
  CachePointBlock,
  ContentBlock,
  Message as ConverseMessage,
  SystemContentBlock,
} from "@aws-sdk/client-bedrock-runtime";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { ConverseRequest } from "../types.ts";
import type { BuiltMessage } from "./messages.ts";

/**
 * Where the prompt cache may cut: after the system prompt, and after the last stable block of the last user message.
 * Nothing behind volatile context is cached, and no point stands first or right after a document, which the service
 * refuses.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export interface CachePoints {
  readonly system: SystemContentBlock[] | undefined;
  readonly messages: ConverseMessage[];
}

export function withCachePoints(
  system: string | undefined,
  messages: readonly BuiltMessage[],
  retention: ConverseRequest["cacheRetention"],
  capabilities: ModelCapabilities,
): CachePoints {
  const caching = capabilities.promptCaching.value;
  const on = caching.supported && retention !== "none";
  const point: CachePointBlock =
    retention === "long" && caching.ttls.includes("1h") ? { type: "default", ttl: "1h" } : { type: "default" };
  const text: SystemContentBlock[] | undefined = system?.trim() ? [{ text: system }] : undefined;
  const cacheSystem = on && text && caching.fields.includes("system") && caching.maxPoints > 0;
  const left = caching.maxPoints - (cacheSystem ? 1 : 0);
  const cacheMessages = on && caching.fields.includes("messages") && left > 0;
  return {
    system: cacheSystem ? [...text, { cachePoint: point }] : text,
    messages: messages.map((built, index) => {
      const { role, content } = built.message;
      const last = index === messages.length - 1;
      return { role, content: cacheMessages && last && role === "user" ? withPoint(built, point) : content };
    }),
  };
}

function withPoint({ message: { content }, stableBlocks }: BuiltMessage, point: CachePointBlock): ContentBlock[] {
  const before = content[stableBlocks - 1];
  if (!before || before.document || before.video) return content;
  return [...content.slice(0, stableBlocks), { cachePoint: point }, ...content.slice(stableBlocks)];
}
