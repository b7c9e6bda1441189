import type { AssistantMessage, GuardQualifier, Message, Tool } from "@clawrock/conversation";
import { emptyUsage } from "@clawrock/conversation";
import fc from "fast-check";

/** One of each family that the emulator knows. */
export const MODELS = [
  "amazon.nova-lite-v1:0",
  "us.amazon.nova-2-lite-v1:0",
  "anthropic.claude-3-haiku-20240307-v1:0",
  "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "us.anthropic.claude-sonnet-4-6",
  "us.anthropic.claude-opus-4-7",
  "us.anthropic.claude-sonnet-5",
  "us.meta.llama3-3-70b-instruct-v1:0",
  "mistral.mistral-large-2402-v1:0",
  "us.deepseek.r1-v1:0",
  "qwen.qwen3-32b-v1:0",
  "openai.gpt-oss-120b-1:0",
  "amazon.titan-text-express-v1",
] as const;

/** A whole PNG of one pixel, told apart from others by what follows it. */
export function png(more: string): string {
  const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  return Buffer.concat([Buffer.from(pixel, "base64"), Buffer.from(more)]).toString("base64");
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const timestamp = fc.constant(0);
const words = fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" });
const text = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom("", " ", "\n\t", "cut \ud83d") },
  { weight: 4, arbitrary: words },
);
const id = fc.constantFrom("a", "b", "call_0", "call/1", "call|1", "functions.look:0", "ü".repeat(80));
const name = fc.constantFrom("look", "fs.read", "fs_read", "a tool!");
const say = fc.record({ type: fc.constant("text" as const), text });
const marked = fc.record({
  type: fc.constant("text" as const),
  text,
  guard: fc.constantFrom<GuardQualifier[]>(["guard_content"], ["query"], []),
});
const image = fc.record({
  type: fc.constant("image" as const),
  data: fc.oneof(
    fc.nat({ max: 99 }).map((n) => png(`${n}`)),
    fc.constantFrom("", "no base64!", base64("BM bitmap"), `data:image/png;base64,${png("x")}`),
  ),
  mimeType: fc.constantFrom("image/png", "image/jpeg", "image/bmp"),
});
const document = fc.record({
  type: fc.constant("document" as const),
  data: fc.constantFrom(base64("%PDF-1.7"), base64("# Title"), "", "%%%"),
  format: fc.constantFrom("pdf", "md", "text/plain", "rtf"),
  name: fc.constantFrom("a", "a_b.pdf", "  x  y", "ü/\u3000", "Brief (1) [2]", "half \udc00", "x".repeat(500)),
});
const video = fc.record({
  type: fc.constant("video" as const),
  data: fc.constant(base64("video")),
  format: fc.constantFrom("mp4", "video/quicktime", "avi"),
});
const json = fc.record({ type: fc.constant("json" as const), json: fc.constantFrom({}, { a: "x\udc00" }, { n: 1 }) });
const cachePoint = fc.record({
  type: fc.constant("cachePoint" as const),
  ttl: fc.constantFrom("5m" as const, "1h" as const),
});
/** What untyped callers and other hosts store. */
const strange = fc.constantFrom(
  { type: "audio", data: "AAAA", mimeType: "audio/wav" },
  { type: "input_text", text: "kept words" },
  { type: "widget" },
);
const stored = fc.constantFrom<unknown>({}, { a: 1 }, '{"a":1}', "{broken", null, [1], {
  deep: { __proto__: 1, s: "\ud800" },
});
const call = fc.record({ type: fc.constant("toolCall" as const), id, name, arguments: stored });
const thought = fc.record(
  {
    type: fc.constant("thinking" as const),
    thinking: text,
    thinkingSignature: fc.constantFrom("", "c2ln"),
    redacted: fc.boolean(),
  },
  { requiredKeys: ["type", "thinking"] },
);

const parts = <T>(part: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> => fc.array(part, { maxLength });

export function answer(content: unknown, model: string): AssistantMessage {
  return {
    role: "assistant",
    content: content as AssistantMessage["content"],
    api: "x",
    provider: "x",
    model,
    usage: emptyUsage(),
    stopReason: "stop",
    timestamp: 0,
  };
}

const userMessage = fc.record(
  {
    role: fc.constantFrom("user" as const, "user" as const, "user" as const, "system"),
    content: fc.oneof(
      text,
      parts(fc.oneof({ weight: 3, arbitrary: say }, marked, image, document, video, cachePoint, strange), 4),
    ),
    timestamp,
    runtimeContextCarrier: fc.boolean(),
  },
  { requiredKeys: ["role", "content", "timestamp"] },
);
const resultMessage = fc.record({
  role: fc.constant("toolResult" as const),
  toolCallId: id,
  toolName: name,
  content: parts(fc.oneof({ weight: 3, arbitrary: say }, marked, image, document, video, json, strange), 3),
  isError: fc.boolean(),
  timestamp,
});

/** Messages as no model ever said them, in any order; answers come from the given models. */
export function transcripts(models: readonly string[]): fc.Arbitrary<Message[]> {
  const content = fc.oneof(text, parts(fc.oneof(say, { weight: 2, arbitrary: call }, thought, strange), 4));
  const answers = fc.tuple(content, fc.constantFrom(...models)).map(([said, model]) => answer(said, model));
  const message = fc.oneof(userMessage, answers, resultMessage) as fc.Arbitrary<Message>;
  return fc.array(message, { minLength: 1, maxLength: 10 });
}

/** Conversations that every model takes as they are: the user speaks first and last, calls have their results. */
export const soundTranscripts: fc.Arbitrary<Message[]> = fc
  .array(fc.record({ asked: words, called: fc.integer({ min: 0, max: 3 }), said: words }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((turns) => {
    const seen = (said: string): string => (said.trim() === "" ? "words" : said);
    return turns.flatMap(({ asked, called, said }, turn): Message[] => {
      const ids = Array.from({ length: called }, (_, n) => `call_${turn}_${n}`);
      const calls = ids.map((one) => ({ type: "toolCall", id: one, name: "look", arguments: { place: asked } }));
      const results = ids.map(
        (one): Message => ({
          role: "toolResult",
          toolCallId: one,
          toolName: "look",
          content: [{ type: "text", text: seen(said) }],
          isError: false,
          timestamp: 0,
        }),
      );
      const loop = called > 0 ? [answer(calls, "x"), ...results] : [];
      const last: Message = { role: "user", content: seen(asked), timestamp: 0 };
      return [
        last,
        ...loop,
        answer([{ type: "text", text: seen(said) }], "x"),
        ...(turn === turns.length - 1 ? [last] : []),
      ];
    });
  });

export const TOOLS: Tool[] = ["look", "fs.read", "fs_read", "a tool!"].map((tool) => ({
  name: tool,
  description: "Looks at something.",
  parameters: { type: "object", properties: {} },
}));
