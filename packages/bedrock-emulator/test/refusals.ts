import type { Json } from "../src/index.ts";
import { novaMicro, opus47, sonnet45 } from "./clients.ts";

/** A request that one rule refuses, and the service's words for it. */
export interface RefusedCase {
  readonly rule: string;
  readonly modelId: string;
  readonly streaming?: boolean;
  readonly body: Readonly<Record<string, Json>>;
  readonly message: string | RegExp;
  readonly status?: number;
}

const haiku3 = "anthropic.claude-3-haiku-20240307-v1:0";
const llama = "us.meta.llama3-3-70b-instruct-v1:0";
const titan = "amazon.titan-text-express-v1";
const qwen = "qwen.qwen3-32b-v1:0";
const gptOss = "openai.gpt-oss-120b-1:0";
const nova2 = "us.amazon.nova-2-lite-v1:0";
const nova = "amazon.nova-pro-v1:0";
const sonnet46 = "us.anthropic.claude-sonnet-4-6";
const fromModel = "The model returned the following errors: ";

const user = (...content: Json[]): Json => ({ role: "user", content });
const assistant = (...content: Json[]): Json => ({ role: "assistant", content });
const text = (words: string): Json => ({ text: words });
const hello = [user(text("Hello"))];
const use = (toolUseId: string, input: Json = {}): Json => ({ toolUse: { toolUseId, name: "look", input } });
const result = (toolUseId: string, content: Json = []): Json => ({ toolResult: { toolUseId, content } });
const tools = (schema: Json = { type: "object" }, more: Readonly<Record<string, Json>> = {}): Json => ({
  tools: [{ toolSpec: { name: "look", inputSchema: { json: schema }, ...more } }],
});
const cache = (ttl?: string): Json => ({ cachePoint: { type: "default", ...(ttl && { ttl }) } });
const document = (name: string, bytes = "aGk="): Json => ({ document: { name, format: "txt", source: { bytes } } });
const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ", "base64");
const image = (format: string, bytes: string = png.toString("base64")): Json => ({
  image: { format, source: { bytes } },
});
const thinking = (value: Json): Json => ({ thinking: value });
const enabled = { type: "enabled", budget_tokens: 2_000 };
const reasoning = (signature?: string): Json => ({
  reasoningContent: { reasoningText: { text: "Hm.", ...(signature && { signature }) } },
});

const hugePng = Buffer.from(png);
hugePng.writeUInt32BE(9_000, 16);

/** At least one case for every rule after the shape. */
export const refusedCases: readonly RefusedCase[] = [
  {
    rule: "messages-missing",
    modelId: sonnet45,
    body: { messages: [] },
    message: /^A conversation must start with a user message/,
  },
  {
    rule: "first-message-user",
    modelId: novaMicro,
    body: { messages: [assistant(text("Hi")), user(text("Hi"))] },
    message:
      "A conversation must start with a user message. Try again with a conversation that starts with a user message.",
  },
  {
    rule: "roles-alternate",
    modelId: novaMicro,
    body: { messages: [...hello, ...hello] },
    message: /^A conversation must alternate between user and assistant roles\./,
  },
  {
    rule: "prefill",
    modelId: sonnet46,
    body: { messages: [...hello, assistant(text("Well"))] },
    message: `${fromModel}This model does not support assistant message prefill. The conversation must end with a user message.`,
  },
  {
    rule: "empty-content",
    modelId: novaMicro,
    body: { messages: [...hello, assistant(), ...hello] },
    message:
      "The content field in the Message object at messages.1 is empty. Add a ContentBlock object to the content field and try again.",
  },
  {
    rule: "blank-text",
    modelId: novaMicro,
    body: { messages: [user(text("  \n"))] },
    message:
      "The text field in the ContentBlock object at messages.0.content.0 is blank. Add text to the text field, and try again.",
  },
  {
    rule: "blank-guard-content",
    modelId: novaMicro,
    body: { messages: [user({ guardContent: { text: { text: " " } } })] },
    message: /at messages\.0\.content\.0 is blank/,
  },
  {
    rule: "system-unsupported",
    modelId: titan,
    body: { messages: hello, system: [text("Be brief")] },
    message:
      "This model doesn't support system messages. Try again without a system message or use a model that supports system messages.",
  },
  {
    rule: "mixed-tool-turn",
    modelId: llama,
    body: { toolConfig: tools(), messages: [...hello, assistant(use("a")), user(result("a"), text("so?"))] },
    message: "messages.2.content: Conversation blocks and tool result blocks cannot be provided in the same turn.",
  },
  {
    rule: "video-unsupported",
    modelId: sonnet45,
    body: { messages: [user({ video: { format: "mp4", source: { bytes: "aGk=" } } })] },
    message:
      "This model doesn't support the video content block that you provided. Update the content block and try again.",
  },
  {
    rule: "image-unsupported",
    modelId: novaMicro,
    body: { messages: [user(text("See"), image("png"))] },
    message: /^This model doesn't support the image content block/,
  },
  {
    rule: "document-unsupported",
    modelId: qwen,
    body: { messages: [user(text("Read"), document("a"))] },
    message: /^This model doesn't support the document content block/,
  },

  {
    rule: "tools-unsupported",
    modelId: "us.deepseek.r1-v1:0",
    body: { messages: hello, toolConfig: tools() },
    message: "This model doesn't support tool use.",
  },
  {
    rule: "tools-not-streamed",
    modelId: llama,
    streaming: true,
    body: { messages: hello, toolConfig: tools() },
    message: "This model doesn't support tool use in streaming mode.",
  },
  {
    rule: "tool-config-missing",
    modelId: novaMicro,
    body: { messages: [...hello, assistant(use("a")), user(result("a"))] },
    message: "The toolConfig field must be defined when using toolUse and toolResult content blocks.",
  },
  {
    rule: "tool-choice-unsupported",
    modelId: llama,
    body: { messages: hello, toolConfig: { ...Object(tools()), toolChoice: { any: {} } } },
    message:
      "This model doesn't support the toolConfig.toolChoice.any field. Remove toolConfig.toolChoice.any and try again.",
  },
  {
    rule: "tool-choice-unknown",
    modelId: sonnet45,
    body: { messages: hello, toolConfig: { ...Object(tools()), toolChoice: { tool: { name: "other" } } } },
    message: /Tool 'other' not found/,
  },
  {
    rule: "tool-name-twice",
    modelId: sonnet45,
    body: { messages: hello, toolConfig: { tools: [...Object(tools()).tools, ...Object(tools()).tools] } },
    message: /Tool names must be unique/,
  },
  {
    rule: "schema-root",
    modelId: novaMicro,
    body: { messages: hello, toolConfig: tools({ type: "string" }) },
    message: "The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.",
  },
  {
    rule: "nova-schema-keys",
    modelId: novaMicro,
    body: { messages: hello, toolConfig: tools({ type: "object", $defs: {} }) },
    message: `${fromModel}Malformed input request: #/toolConfig/tools/0/toolSpec/inputSchema/json: extraneous key [$defs] is not permitted, please reformat your input and try again.`,
  },
  {
    rule: "strict-unsupported",
    modelId: opus47,
    body: { messages: hello, toolConfig: tools({ type: "object" }, { strict: true }) },
    message: `${fromModel}tools.0.custom.strict: Extra inputs are not permitted`,
  },
  {
    rule: "tool-input-object",
    modelId: sonnet45,
    body: { toolConfig: tools(), messages: [...hello, assistant(use("a", "{}")), user(result("a"))] },
    message:
      "The format of the value at messages.1.content.0.toolUse.input is invalid. Provide a json object for the field and try again.",
  },
  {
    rule: "tool-result-json-object",
    modelId: sonnet45,
    body: { toolConfig: tools(), messages: [...hello, assistant(use("a")), user(result("a", [{ json: [1] }]))] },
    message:
      "The format of the value at messages.2.content.0.toolResult.content.0.json is invalid. Provide a json object for the field and try again.",
  },
  {
    rule: "tool-results-missing",
    modelId: sonnet45,
    body: { toolConfig: tools(), messages: [...hello, assistant(use("a"), use("b")), user(result("b"))] },
    message: "Expected toolResult blocks at messages.2.content for the following Ids: a",
  },
  {
    rule: "tool-results-exceed",
    modelId: sonnet45,
    body: { toolConfig: tools(), messages: [...hello, assistant(use("a")), user(result("a"), result("b"))] },
    message:
      "The number of toolResult blocks at messages.2.content exceeds the number of toolUse blocks of previous turn.",
  },
  {
    rule: "tool-results-twice",
    modelId: sonnet45,
    body: { toolConfig: tools(), messages: [...hello, assistant(use("a")), user(result("a"), result("a"))] },
    message: "The toolResult blocks at messages.2.content contain duplicate Ids: a",
  },

  {
    rule: "document-name",
    modelId: sonnet45,
    body: { messages: [user(text("Read"), document("a.txt"))] },
    message: /^The document file name can only contain alphanumeric characters/,
  },
  {
    rule: "document-name-twice",
    modelId: sonnet45,
    body: { messages: [user(text("Read"), document("a"), document("a"))] },
    message: "Messages can't contain duplicate document names. Rename the document and retry your request.",
  },
  {
    rule: "document-count",
    modelId: sonnet45,
    body: { messages: [user(text("Read"), ...[..."abcdef"].map((name) => document(name)))] },
    message: "You can't include more than 5 documents in a request.",
  },
  {
    rule: "document-without-text",
    modelId: sonnet45,
    body: { messages: [user(document("a"))] },
    message: "A text block must be included when using documents.",
  },
  {
    rule: "document-size",
    modelId: nova,
    body: { messages: [user(text("Read"), document("a", "A".repeat(6_400_000)))] },
    message: "The maximum document size is 4.5 MB.",
  },

  {
    rule: "image-s3",
    modelId: sonnet45,
    body: { messages: [user({ image: { format: "png", source: { s3Location: { uri: "s3://b/k" } } } })] },
    message: "This model doesn't support the s3Uri field. Remove s3Uri and try again.",
  },
  {
    rule: "image-too-large",
    modelId: sonnet45,
    body: { messages: [user(text("See"), image("png", "A".repeat(5_242_884)))] },
    message: `${fromModel}messages.0.content.1.image.source.bytes: image exceeds 5 MB maximum: 5242884 bytes > 5242880 bytes`,
  },
  {
    rule: "image-format",
    modelId: sonnet45,
    body: { messages: [user(image("jpeg"))] },
    message: `${fromModel}messages.0.content.0.image.source.bytes: The image was specified using the image/jpeg media type, but the image appears to be a image/png image`,
  },
  {
    rule: "image-pixels",
    modelId: sonnet45,
    body: { messages: [user(image("png", hugePng.toString("base64")))] },
    message: /At least one of the image dimensions exceed max allowed size: 8000 pixels/,
  },

  {
    rule: "caching-unsupported",
    modelId: qwen,
    body: { messages: [user(text("Hi"), cache())] },
    message:
      "You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.",
    status: 403,
  },
  {
    rule: "cache-point-in-tools",
    modelId: novaMicro,
    body: { messages: hello, toolConfig: { tools: [...Object(tools()).tools, cache()] } },
    message: `${fromModel}Malformed input request: #/toolConfig/tools/1: extraneous key [cachePoint] is not permitted, please reformat your input and try again.`,
  },
  {
    rule: "cache-ttl-unsupported",
    modelId: novaMicro,
    body: { messages: [user(text("Hi"), cache("1h"))] },
    message: "Extended TTL prompt caching is only supported for Anthropic models",
  },
  {
    rule: "cache-point-count",
    modelId: sonnet45,
    body: { messages: [user(text("Hi"), cache(), cache(), cache(), cache(), cache())] },
    message: `${fromModel}A maximum of 4 blocks with cache_control may be provided. Found 5.`,
  },
  {
    rule: "cache-point-first",
    modelId: sonnet45,
    body: { messages: [user(cache(), text("Hi"))] },
    message: "There is nothing available to cache.",
  },
  {
    rule: "cache-point-after-reasoning",
    modelId: sonnet45,
    body: { messages: [...hello, assistant(reasoning("x"), cache(), text("Hi")), ...hello] },
    message:
      "Cache point cannot be inserted after reasoning block. Please remove the invalid cache point and try again.",
  },
  {
    rule: "cache-ttl-order",
    modelId: sonnet45,
    body: { system: [text("Hi"), cache()], messages: [user(text("Hi"), cache("1h"))] },
    message:
      /^The model returned the following errors: messages\.0\.content\.1\.cache_control\.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block\./,
  },

  {
    rule: "max-tokens",
    modelId: novaMicro,
    body: { messages: hello, inferenceConfig: { maxTokens: 20_000 } },
    message:
      "The maximum tokens you requested exceeds the model limit of 10000. Try again with a maximum tokens value that is lower than 10000.",
  },
  {
    rule: "stop-sequences-unsupported",
    modelId: gptOss,
    body: { messages: hello, inferenceConfig: { stopSequences: ["x"] } },
    message: "This model doesn't support the stopSequences field. Remove stopSequences and try again.",
  },
  {
    rule: "samplers-deprecated",
    modelId: opus47,
    body: { messages: hello, inferenceConfig: { temperature: 0.5 } },
    message: `${fromModel}\`temperature\` is deprecated for this model.`,
  },
  {
    rule: "samplers-both",
    modelId: sonnet45,
    body: { messages: hello, inferenceConfig: { temperature: 0.5, topP: 0.5 } },
    message: `${fromModel}\`temperature\` and \`top_p\` cannot both be specified for this model. Please use only one.`,
  },
  {
    rule: "unknown-claude-field",
    modelId: sonnet45,
    body: { messages: hello, additionalModelRequestFields: { topK: 3 } },
    message: `${fromModel}topK: Extra inputs are not permitted`,
  },
  {
    rule: "unknown-model-field",
    modelId: llama,
    body: { messages: hello, additionalModelRequestFields: { frob: 3 } },
    message: `${fromModel}Malformed input request: #: extraneous key [frob] is not permitted, please reformat your input and try again.`,
  },
  {
    rule: "prompt-too-long",
    modelId: sonnet45,
    body: { messages: [user(text("word ".repeat(200_001)))] },
    message: `${fromModel}prompt is too long: 200004 tokens > 200000 maximum`,
  },
  {
    rule: "input-and-output-too-long",
    modelId: sonnet45,
    body: { messages: [user(text("word ".repeat(150_000)))], inferenceConfig: { maxTokens: 64_000 } },
    message: /input length and `max_tokens` exceed context limit: 150003 \+ 64000 > 200000/,
  },

  {
    rule: "thinking-enabled-unsupported",
    modelId: opus47,
    body: { messages: hello, additionalModelRequestFields: thinking(enabled) },
    message: /"thinking\.type\.enabled" is not supported for this model\./,
  },
  {
    rule: "thinking-adaptive-unsupported",
    modelId: sonnet45,
    body: { messages: hello, additionalModelRequestFields: thinking({ type: "adaptive" }) },
    message: /adaptive thinking is not supported/,
  },
  {
    rule: "thinking-unsupported",
    modelId: haiku3,
    body: { messages: hello, additionalModelRequestFields: thinking(enabled) },
    message: `${fromModel}thinking: Extra inputs are not permitted`,
  },
  {
    rule: "thinking-disabled-unsupported",
    modelId: opus47,
    body: { messages: hello, additionalModelRequestFields: thinking({ type: "disabled" }) },
    message: /"thinking\.type\.disabled" is not supported/,
  },
  {
    rule: "thinking-effort-inside",
    modelId: sonnet46,
    body: { messages: hello, additionalModelRequestFields: thinking({ type: "adaptive", effort: "low" }) },
    message: `${fromModel}thinking.adaptive.effort: Extra inputs are not permitted`,
  },
  {
    rule: "thinking-budget-minimum",
    modelId: sonnet45,
    body: { messages: hello, additionalModelRequestFields: thinking({ type: "enabled", budget_tokens: 100 }) },
    message: `${fromModel}thinking.enabled.budget_tokens: Input should be greater than or equal to 1024`,
  },
  {
    rule: "thinking-budget-over-max-tokens",
    modelId: sonnet45,
    body: { messages: hello, inferenceConfig: { maxTokens: 2_000 }, additionalModelRequestFields: thinking(enabled) },
    message: /`max_tokens` must be greater than `thinking\.budget_tokens`/,
  },
  {
    rule: "thinking-temperature",
    modelId: sonnet45,
    body: { messages: hello, inferenceConfig: { temperature: 0.5 }, additionalModelRequestFields: thinking(enabled) },
    message: /`temperature` may only be set to 1 when thinking is enabled/,
  },
  {
    rule: "thinking-forced-tool",
    modelId: sonnet45,
    body: {
      messages: hello,
      toolConfig: { ...Object(tools()), toolChoice: { any: {} } },
      additionalModelRequestFields: thinking(enabled),
    },
    message: /Thinking may not be enabled when tool_choice forces tool use\./,
  },
  {
    rule: "nova-effort-missing",
    modelId: nova2,
    body: { messages: hello, additionalModelRequestFields: { reasoningConfig: { type: "enabled" } } },
    message: /maxReasoningEffort/,
  },
  {
    rule: "nova-high-effort",
    modelId: nova2,
    body: {
      messages: hello,
      inferenceConfig: { maxTokens: 100 },
      additionalModelRequestFields: { reasoningConfig: { type: "enabled", maxReasoningEffort: "high" } },
    },
    message: /maxTokens must be unset/,
  },
  {
    rule: "gpt-oss-effort",
    modelId: gptOss,
    body: { messages: hello, additionalModelRequestFields: { reasoning_effort: "none" } },
    message: /Failed to deserialize the JSON body into the target type/,
  },

  {
    rule: "reasoning-not-taken-back",
    modelId: novaMicro,
    body: { messages: [...hello, assistant(reasoning(), text("Hi")), ...hello] },
    message: "User messages cannot contain reasoning content. Please remove the reasoning content and try again.",
  },
  {
    rule: "signature-missing",
    modelId: sonnet45,
    body: { messages: [...hello, assistant(reasoning(), text("Hi")), ...hello] },
    message: `${fromModel}messages.1.content.0.thinking.signature: Field required`,
  },
  {
    rule: "signature-invalid",
    modelId: sonnet45,
    body: { messages: [...hello, assistant(reasoning("bm8="), text("Hi")), ...hello] },
    message: `${fromModel}messages.1.content.0: Invalid \`signature\` in \`thinking\` block`,
  },
  {
    rule: "redacted-invalid",
    modelId: sonnet45,
    body: { messages: [...hello, assistant({ reasoningContent: { redactedContent: "bm8=" } }, text("Hi")), ...hello] },
    message: /Invalid `data` in `redacted_thinking` block/,
  },
  {
    rule: "thinking-missing",
    modelId: sonnet45,
    body: {
      toolConfig: tools(),
      messages: [...hello, assistant(text("I look"), use("a")), user(result("a"))],
      additionalModelRequestFields: thinking(enabled),
    },
    message: /messages\.1\.content\.0\.type: Expected `thinking` or `redacted_thinking`, but found `text`\./,
  },
];
