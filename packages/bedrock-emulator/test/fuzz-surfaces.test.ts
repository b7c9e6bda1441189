import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ admitAnyModel: true });
});
afterAll(() => emulator.close());

const said = [{ role: "user", content: "Hello" }];
const messages = [{ role: "user", content: [{ text: "Hello" }] }];
const claude = { anthropic_version: "bedrock-2023-05-31", max_tokens: 9, messages: said };
const model = (id: string, operation: string) => `/model/${encodeURIComponent(id)}/${operation}`;

/** Every operation that takes a body, with one that it accepts. */
const surfaces: readonly (readonly [path: string, body: object])[] = [
  [model("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "converse"), { messages, system: [{ text: "x" }] }],
  [model("amazon.nova-lite-v1:0", "converse-stream"), { messages, inferenceConfig: { maxTokens: 9 } }],
  [model("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "invoke"), claude],
  [model("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "invoke-with-response-stream"), { ...claude, tools: [] }],
  [model("amazon.nova-lite-v1:0", "invoke"), { messages, toolConfig: { tools: [] } }],
  [model("amazon.titan-text-express-v1", "invoke"), { inputText: "x", textGenerationConfig: { topP: 1 } }],
  [model("us.meta.llama3-3-70b-instruct-v1:0", "invoke"), { prompt: "x", max_gen_len: 5 }],
  [model("mistral.mistral-large-2402-v1:0", "invoke"), { prompt: "x", stop: ["y"] }],
  [model("cohere.command-r-plus-v1:0", "invoke"), { message: "x", chat_history: [], documents: [] }],
  [model("cohere.command-text-v14", "invoke"), { prompt: "x", stop_sequences: [] }],
  [model("us.deepseek.r1-v1:0", "invoke"), { prompt: "x", stop: [] }],
  [model("qwen.qwen3-32b-v1:0", "invoke"), { messages: said, tools: [], tool_choice: "auto" }],
  [model("amazon.titan-embed-text-v2:0", "invoke"), { inputText: "x", dimensions: 256, embeddingTypes: ["float"] }],
  [model("amazon.titan-embed-image-v1", "invoke"), { inputText: "x", embeddingConfig: {} }],
  [model("cohere.embed-v4:0", "invoke"), { texts: ["x"], input_type: "search_query", embedding_types: ["int8"] }],
  [
    model("amazon.nova-2-multimodal-embeddings-v1:0", "invoke"),
    { taskType: "SINGLE_EMBEDDING", singleEmbeddingParams: {} },
  ],
  [model("twelvelabs.marengo-embed-3-0-v1:0", "invoke"), { inputType: "text", text: { inputText: "x" } }],
  [model("anthropic.claude-sonnet-4-5-20250929-v1:0", "count-tokens"), { input: { converse: { messages } } }],
  ["/guardrail/emulatorgrd1/version/1/apply", { source: "INPUT", content: [{ text: { text: "x" } }] }],
  ["/v1/chat/completions", { model: "openai.gpt-oss-120b", messages: said, tools: [], response_format: {} }],
  ["/v1/responses", { model: "openai.gpt-oss-120b", input: said, tools: [], text: {} }],
  ["/openai/v1/responses", { model: "openai.gpt-5.5", input: "x", reasoning: {}, include: [] }],
  ["/anthropic/v1/messages", { ...claude, model: "anthropic.claude-opus-4-7" }],
  ["/anthropic/v1/messages/count_tokens", { model: "anthropic.claude-opus-4-7", messages: said }],
  ["/token", { clientId: "c", clientSecret: "s", grantType: "refresh_token", refreshToken: "x" }],
];

/** A body with one of its values, at any depth, put for another. */
function spoiled(value: unknown, at: number, by: unknown): unknown {
  const paths: (readonly string[])[] = [];
  const walk = (part: unknown, path: readonly string[]): void => {
    paths.push(path);
    if (typeof part === "object" && part !== null)
      for (const [key, member] of Object.entries(part)) walk(member, [...path, key]);
  };
  walk(value, []);
  const put = (part: unknown, path: readonly string[]): unknown => {
    const [key, ...rest] = path;
    if (key === undefined) return by;
    if (Array.isArray(part)) return part.map((member, index) => (String(index) === key ? put(member, rest) : member));
    return typeof part === "object" && part !== null
      ? { ...part, [key]: put(Object.entries(part).find(([name]) => name === key)?.[1], rest) }
      : part;
  };
  return put(value, paths[at % paths.length] ?? []);
}

describe("a body with a wrong value anywhere", () => {
  it.each(surfaces)("is answered or refused in the shape of its surface: %s", async (path, body) => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.oneof(fc.jsonValue(), fc.constantFrom([], {}, "", null, [null], [{}], 1e308)),
        async (at, by) => {
          const answer = await fetch(`${emulator.url}${path}`, {
            method: "POST",
            headers: { authorization: `Bearer ${emulator.bearerToken}` },
            body: JSON.stringify(spoiled(body, at, by)) ?? "",
          });
          const text = await answer.text();
          expect([text, answer.status]).toEqual([text, answer.status < 500 ? answer.status : "no failure"]);
          if (answer.status !== 200) {
            const refusal = JSON.parse(text);
            const said: unknown =
              refusal.message ?? refusal.Message ?? refusal.error?.message ?? refusal.error_description;
            expect(String(said)).toMatch(/\w/);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
