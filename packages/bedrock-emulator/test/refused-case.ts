import type { Json } from "../src/index.ts";

/** A request that one rule refuses, and the service's words for it. */
export interface RefusedCase {
  readonly rule: string;
  readonly modelId: string;
  readonly streaming?: boolean;
  readonly body: Readonly<Record<string, Json>>;
  readonly message: string | RegExp;
  readonly status?: number;
}

export const haiku3 = "anthropic.claude-3-haiku-20240307-v1:0";
export const llama = "us.meta.llama3-3-70b-instruct-v1:0";
export const titan = "amazon.titan-text-express-v1";
export const qwen = "qwen.qwen3-32b-v1:0";
export const gptOss = "openai.gpt-oss-120b-1:0";
export const nova2 = "us.amazon.nova-2-lite-v1:0";
export const nova = "amazon.nova-pro-v1:0";
export const sonnet46 = "us.anthropic.claude-sonnet-4-6";
export const fromModel = "The model returned the following errors: ";

export const user = (...content: Json[]): Json => ({ role: "user", content });
export const assistant = (...content: Json[]): Json => ({ role: "assistant", content });
export const text = (words: string): Json => ({ text: words });
export const hello: readonly Json[] = [user(text("Hello"))];
export const use = (toolUseId: string, input: Json = {}): Json => ({ toolUse: { toolUseId, name: "look", input } });
export const result = (toolUseId: string, content: Json = []): Json => ({ toolResult: { toolUseId, content } });
export const tools = (schema: Json = { type: "object" }, more: Readonly<Record<string, Json>> = {}): Json => ({
  tools: [{ toolSpec: { name: "look", inputSchema: { json: schema }, ...more } }],
});
export const cache = (ttl?: string): Json => ({ cachePoint: { type: "default", ...(ttl && { ttl }) } });
export const document = (name: string, bytes = "aGk="): Json => ({
  document: { name, format: "txt", source: { bytes } },
});
export const png: Buffer = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ", "base64");
export const image = (format: string, bytes: string = png.toString("base64")): Json => ({
  image: { format, source: { bytes } },
});
export const thinking = (value: Json): Json => ({ thinking: value });
export const enabled: Json = { type: "enabled", budget_tokens: 2_000 };
export const reasoning = (signature?: string): Json => ({
  reasoningContent: { reasoningText: { text: "Hm.", ...(signature && { signature }) } },
});

export const hugePng: Buffer = Buffer.from(png);
hugePng.writeUInt32BE(9_000, 16);
