import { novaMicro, opus47, sonnet45 } from "./clients.ts";
import {
  assistant,
  cache,
  fromModel,
  hello,
  llama,
  qwen,
  type RefusedCase,
  reasoning,
  result,
  text,
  tools,
  use,
  user,
} from "./refused-case.ts";

/** Cases of tools and cache points. */
export const refusedTools: readonly RefusedCase[] = [
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
];
