import { createHash } from "node:crypto";
import { countTokens } from "../engine/tokens.ts";
import { arrayAt, isJsonObject, type Json, type JsonObject, objectAt, stringAt } from "../json.ts";
import type { AddressedModel } from "../models/catalog.ts";

/** Tokens of one request that came from a prompt cache, or went into it. */
export interface CacheCount {
  readonly read: number;
  readonly written: number;
  readonly ttl: "5m" | "1h";
}

/** Prompt prefixes that were seen, each until its time is over. */
export interface PromptCache {
  /** Counts and remembers the prefixes that a request marks; `undefined` when it marks none. */
  count(body: JsonObject, model: AddressedModel, now: Date): CacheCount | undefined;
}

const lifetimeMs = { "5m": 5 * 60_000, "1h": 60 * 60_000 } as const;

interface Prefix {
  readonly key: string;
  readonly tokens: number;
  readonly ttl: "5m" | "1h";
}

/**
 * A cache of prompt prefixes in the order tools, system, messages; a prefix shorter than the model's minimum is silently not
 * cached (https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html).
 */
export function createPromptCache(): PromptCache {
  const until = new Map<string, number>();
  return {
    count(body, model, now) {
      const minimum = model.behaviour?.caching?.minimumTokens ?? Number.POSITIVE_INFINITY;
      const marked = prefixes(body, model.modelId);
      if (marked.length === 0) return undefined;
      const kept = marked.filter((prefix) => prefix.tokens >= minimum);
      const known = kept.findLast((prefix) => (until.get(prefix.key) ?? 0) > now.getTime());
      const last = kept.at(-1);
      for (const prefix of kept) until.set(prefix.key, now.getTime() + lifetimeMs[prefix.ttl]);
      const read = known?.tokens ?? 0;
      return { read, written: last ? last.tokens - read : 0, ttl: last?.ttl ?? "5m" };
    },
  };
}

function prefixes(body: JsonObject, modelId: string): Prefix[] {
  const hash = createHash("sha256").update(modelId);
  const found: Prefix[] = [];
  let tokens = 0;
  for (const block of blocks(body)) {
    const point = isJsonObject(block) ? block["cachePoint"] : undefined;
    if (point !== undefined) {
      const ttl = stringAt(point, "ttl") === "1h" ? "1h" : "5m";
      found.push({ key: hash.copy().digest("base64"), tokens, ttl });
      continue;
    }
    const text = JSON.stringify(block);
    hash.update(text);
    tokens += countTokens(text);
  }
  return found;
}

function blocks(body: JsonObject): readonly Json[] {
  const messages = arrayAt(body, "messages").flatMap((message) => arrayAt(message, "content"));
  return [...arrayAt(objectAt(body, "toolConfig"), "tools"), ...arrayAt(body, "system"), ...messages];
}
