import { expect } from "vitest";
import { assistant, hello, lite, micro, type RuleRow, sonnet, taken, user } from "./rule-row.ts";

const tools = { tools: [{ toolSpec: { name: "look", inputSchema: { json: { type: "object" } } } }] };
const use = { toolUse: { toolUseId: "a", name: "look", input: {} } };
const result = (content: object[]) => ({ toolResult: { toolUseId: "a", content } });
const looked = (...blocks: object[]) => ({
  messages: [user({ text: "Look" }), assistant(use), user(...blocks)],
  toolConfig: tools,
});
const document = (name: string) => ({ document: { name, format: "txt", source: { bytes: "aGk=" } } });
const named = (name: string) => ({ messages: [user({ text: "Read" }, document(name))] });

/** Converse: messages, tools, media, cache points, sampling, thinking. */
export const converseRules: readonly RuleRow[] = [
  ["the first message is the user's", ["first-message-user"]],
  [
    "Sonnet 4.5 takes a history that the assistant begins",
    taken(sonnet, { messages: [assistant({ text: "Hi" }), user({ text: "Hello" })] }),
  ],
  ["roles alternate", ["roles-alternate"]],
  [
    "Titan and Claude take two messages of one role",
    async (on) => {
      const twice = { messages: [user({ text: "One" }), user({ text: "Two" })] };
      await taken("amazon.titan-text-express-v1", twice)(on);
      await taken(sonnet, twice)(on);
    },
  ],
  ["Claude 4.6 and later continue no text of the assistant", ["prefill"]],
  ["older Claude continue it", taken(sonnet, { messages: [user({ text: "Hello" }), assistant({ text: "Well" })] })],
  ["blank text", ["blank-text"]],
  ["white space beside other blocks", taken(sonnet, { messages: [user({ text: "\n" }, { text: "Hello" })] })],
  ["empty content", ["empty-content"]],
  ["tool blocks beside text on Llama, Mistral and the first Claude 3", ["mixed-tool-turn"]],
  [
    "Nova and Sonnet 4.5 take a result, text and a document in one turn",
    async (on) => {
      for (const model of [lite, sonnet])
        await taken(model, looked(result([{ text: "seen" }]), { text: "And?" }, document("one")))(on);
    },
  ],
  ["no system prompt", ["system-unsupported"]],
  ["a result is missing, too many, or twice", ["tool-results-missing", "tool-results-exceed", "tool-results-twice"]],
  ["tool blocks without toolConfig", ["tool-config-missing"]],
  [
    "an empty list of tools; names, ids and descriptions outside of their limits",
    ["length-minimum", "pattern", "length-maximum"],
  ],
  [
    "names in the history are checked too",
    async (on) => {
      const messages = [
        user({ text: "Look" }),
        assistant({ toolUse: { ...use.toolUse, name: "a b" } }),
        user(result([])),
      ];
      const answer = await on.model(micro, "converse", { messages, toolConfig: tools });
      expect(answer.text).toMatch(/'messages\.2\.member\.content\.1\.member\.toolUse\.name' failed/);
    },
  ],
  ["the root of a schema is an object", ["schema-root"]],
  ["$defs and definitions on Nova", ["nova-schema-keys"]],
  ["json of a result is an object", ["tool-result-json-object"]],
  [
    "empty results are taken",
    async (on) => {
      for (const content of [[], [{ text: "" }], [{ text: "   " }], [{ json: {} }]])
        await taken(sonnet, looked(result(content)))(on);
    },
  ],
  ["a forced tool on Llama", ["tool-choice-unsupported"]],
  [
    "a forced tool on Claude and Nova",
    async (on) => {
      for (const model of [sonnet, micro])
        await taken(model, { ...hello, toolConfig: { ...tools, toolChoice: { any: {} } } })(on);
    },
  ],
  ["no tools, none in a stream", ["tools-unsupported", "tools-not-streamed"]],
  [
    "structured output: its subset",
    ["schema-constraints", "schema-open-object", "schema-min-items", "schema-references", "output-schema-json"],
  ],
  [
    "strict tools: their count, their size",
    ["strict-tool-count", "strict-optional-count", "grammar-size", "strict-unsupported"],
  ],
  ["formats of images and documents are enums", ["enum"]],
  [
    "bytes of another format, more than 5 MB in base64, more than 8000 pixels, 2000 among many, more than 20",
    ["image-format", "image-too-large", "image-pixels", "many-image-pixels", "image-count"],
  ],
  ["S3 sources on Claude", ["image-s3", "document-s3"]],
  [
    "S3 sources on Nova are taken",
    taken(lite, {
      messages: [
        user(
          { text: "See" },
          { image: { format: "png", source: { s3Location: { uri: "s3://bucket/i.png" } } } },
          { video: { format: "mp4", source: { s3Location: { uri: "s3://bucket/v.mp4" } } } },
        ),
      ],
    }),
  ],
  ["names of documents", ["document-name", "document-name-twice"]],
  [
    "underscores and outer spaces in a name are taken",
    async (on) => {
      for (const name of ["a_b", " ab "]) await taken(lite, named(name))(on);
    },
  ],
  [
    "a tab in a name is not",
    async (on) => {
      expect((await on.model(lite, "converse", named("a\tb"))).text).toMatch(/file name can only contain/);
      expect((await on.model(lite, "converse", named("a\u3000b"))).text).toMatch(/file name can only contain/);
    },
  ],
  ["more than five documents, without text, over 4.5 MB", ["document-count", "document-without-text", "document-size"]],
  [
    "PDF over 4.5 MB on Claude 4 is taken",
    taken(sonnet, {
      messages: [
        user(
          { text: "Read" },
          { document: { name: "big", format: "pdf", source: { bytes: Buffer.alloc(5_000_000).toString("base64") } } },
        ),
      ],
    }),
  ],
  ["no video", ["video-unsupported"]],
  ["a cache point without caching is a 403", ["caching-unsupported"]],
  [
    "cache points: count, first, after reasoning, order of lifetimes, in tools of Nova, an hour on Nova",
    [
      "cache-point-count",
      "cache-point-first",
      "cache-point-after-reasoning",
      "cache-ttl-order",
      "cache-point-in-tools",
      "cache-ttl-unsupported",
    ],
  ],
  [
    "a cache point inside of a result is none of the shape",
    async (on) => {
      const answer = await on.model(sonnet, "converse", looked(result([{ cachePoint: { type: "default" } }])));
      expect(answer.text).toMatch(
        /toolResult\.content\.1\.member' failed to satisfy constraint: Member must have exactly one/,
      );
    },
  ],
  [
    "maxTokens, temperature and topP by the shape, and over the model's",
    ["value-minimum", "value-maximum", "max-tokens"],
  ],
  ["samplers: both, none", ["samplers-both", "samplers-deprecated"]],
  [
    "stop sequences: 2500 at most, none on Qwen and gpt-oss",
    async (on) => {
      const many = { ...hello, inferenceConfig: { stopSequences: Array(2_501).fill("x") } };
      expect((await on.model(micro, "converse", many)).text).toMatch(
        /'inferenceConfig\.stopSequences' .*less than or equal to 2500/,
      );
    },
  ],
  ["stop sequences on a model without them", ["stop-sequences-unsupported"]],
  ["unknown fields of a model", ["unknown-model-field", "unknown-claude-field"]],
  ["requestMetadata", ["map-entry"]],
  [
    "a tier without a reservation, one that is none, latency that is none or not had",
    ["reservation-missing", "enum", "latency-unsupported"],
  ],
  [
    "a tier with a word of its own comes back",
    async (on) => {
      const answer = await on.model(micro, "converse", { ...hello, serviceTier: { type: "flex" } });
      expect(answer.json()["serviceTier"]).toEqual({ type: "flex" });
    },
  ],
  [
    "thinking: its minimum, its maximum, temperature, a forced tool",
    ["thinking-budget-minimum", "thinking-budget-over-max-tokens", "thinking-temperature", "thinking-forced-tool"],
  ],
  [
    "a tool of its own choice while thinking is taken",
    taken(sonnet, {
      ...hello,
      toolConfig: { ...tools, toolChoice: { auto: {} } },
      additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 1_024 } },
    }),
  ],
  [
    "thinking that comes back: unsigned, forged, changed, missing",
    ["signature-missing", "signature-invalid", "thinking-modified", "thinking-missing", "redacted-invalid"],
  ],
  [
    "kinds of thinking by model",
    ["thinking-enabled-unsupported", "thinking-adaptive-unsupported", "thinking-unsupported"],
  ],
  ["models that take no reasoning back", ["reasoning-not-taken-back"]],
  [
    "models, access and lifecycle",
    [
      "unknown-model",
      "on-demand-unsupported",
      "no-access",
      "account-barred",
      "use-case-form",
      "marketplace",
      "payment",
      "end-of-life",
      "legacy-idle",
      "policy-denied",
      "organization-denied",
    ],
  ],
  [
    "credentials",
    ["unknown-key", "session-expired", "request-old", "signature-mismatch", "api-key-unknown", "api-key-expired"],
  ],
  [
    "quotas and failures, by fault",
    ["throttle", "throttle-tokens", "throttle-daily", "connections", "unavailable", "internal", "timeout"],
  ],
  ["overflow", ["prompt-too-long", "input-and-output-too-long"]],
];
