import { describe, expect, it } from "vitest";
import type { ErrorKind } from "./bedrock-error.ts";
import { bedrockErrorFromService, toBedrockError } from "./from-service.ts";

const M = "The model returned the following errors: ";
const R = ", please reformat your input and try again.";
type Row = readonly [kind: ErrorKind, name: string, status: number, message: string];
const invalid = (...messages: string[]): Row[] =>
  messages.map((message) => ["invalid-request", "ValidationException", 400, message]);

/** Answers of the service as they are reported, recorded or documented. */
const ROWS: readonly Row[] = [
  // Messages
  ...invalid(
    "A conversation must start with a user message. Try again with a conversation that starts with a user message.",
    "A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.",
    `${M}This model does not support assistant message prefill. The conversation must end with a user message.`,
    "The text field in the ContentBlock object at messages.0.content.0 is blank. Add text to the text field, and try again.",
    "messages: text content blocks must be non-empty",
    "The content field in the Message object at messages.355 is empty. Add a ContentBlock object to the content field and try again.",
    "messages.2.content: Conversation blocks and tool result blocks cannot be provided in the same turn.",
    "This model doesn't support system messages. Try again without a system message or use a model that supports system messages.",
    "2 validation errors detected: Value '' at 'messages.1.member.content.2.member.text' failed to satisfy constraint: Member must have length greater than or equal to 1; Value 'x' at 'toolConfig.tools.22.member.toolSpec.name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+",
  ),
  // Tools
  ...invalid(
    "Expected toolResult blocks at messages.2.content for the following Ids: tooluse_a, tooluse_b",
    "The number of toolResult blocks at messages.2.content exceeds the number of toolUse blocks of previous turn.",
    "The toolResult blocks at messages.3.content contain duplicate Ids: tooluse_a",
    "The toolConfig field must be defined when using toolUse and toolResult content blocks.",
    "1 validation error detected: Value at 'toolConfig.tools' failed to satisfy constraint: Member must have length greater than or equal to 1",
    "The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.",
    `${M}Malformed input request: #/toolConfig/tools/1/toolSpec/inputSchema/json: extraneous key [$defs] is not permitted${R}`,
    "The format of the value at messages.2.content.0.toolResult.content.0.json is invalid. Provide a json object for the field and try again.",
    "This model doesn't support the toolConfig.toolChoice.any field. Remove toolConfig.toolChoice.any and try again.",
    "This model doesn’t support tool use.",
    "This model doesn't support tool use in streaming mode.",
    "output_config.format.schema: For 'array' type, property 'maxItems' is not supported",
    "Too many strict tools (48). The maximum number of strict tools supported is 20.",
    "The compiled grammar is too large, which would cause performance issues. Simplify your tool schemas.",
  ),
  // Media
  ...invalid(
    `${M}messages.0.content.0.image.source.bytes: The image was specified using the image/jpeg media type, but the image appears to be a image/png image`,
    `${M}messages.0.content.2.image.source.bytes: image exceeds 5 MB maximum: 7167852 bytes > 5242880 bytes`,
    `${M}messages.0.content.2.image.source.bytes: At least one of the image dimensions exceed max allowed size: 8000 pixels`,
    `${M}messages: too many images: image_count > 20`,
    `${M}too many images and documents: 19 + 5 > 20`,
    "This model doesn't support the s3Uri field. Remove s3Uri and try again.",
    "The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can't contain more than one consecutive whitespace character. Check that the file name conforms to these restrictions and retry your request.",
    "Messages can't contain duplicate document names. Rename the document and retry your request.",
    "You can't include more than 5 documents in a request.",
    "A text block must be included when using documents.",
    "The maximum document size is 4.5 MB.",
    "This model doesn't support the video content block that you provided. Update the content block and try again.",
  ),
  // Cache points
  [
    "invalid-request",
    "AccessDeniedException",
    403,
    "You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.",
  ],
  ...invalid(
    "A maximum of 4 blocks with cache_control may be provided. Found 5.",
    "There is nothing available to cache.",
    "Cache point cannot be inserted after reasoning block. Please remove the invalid cache point and try again.",
    `${M}messages.3.content.0.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: \`tools\`, \`system\`, \`messages\`.`,
    `Malformed input request: #/toolConfig/tools/0: extraneous key [cachePoint] is not permitted${R}`,
    "Extended TTL prompt caching is only supported for Anthropic models",
  ),
  // Sampling and limits
  ...invalid(
    "The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value that is lower than 4096.",
    `${M}\`temperature\` and \`top_p\` cannot both be specified for this model. Please use only one.`,
    `${M}\`temperature\` is deprecated for this model.`,
    "This model doesn't support the stopSequences field. Remove stopSequences and try again.",
    `Malformed input request: #: extraneous key [x] is not permitted${R}`,
    "Failed to deserialize the JSON body into the target type: missing field `a`",
    "1 validation error detected: Value at 'requestMetadata' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 256]",
    "Reservation not found.",
    "1 validation error detected: Value 'x' at 'performanceConfig.latency' failed to satisfy constraint: Member must satisfy enum value set: [optimized, standard]",
  ),
  // Thinking
  ...invalid(
    `${M}thinking.enabled.budget_tokens: Input should be greater than or equal to 1024`,
    `${M}\`max_tokens\` must be greater than \`thinking.budget_tokens\`. Please consult our documentation at https://docs.anthropic.com/x`,
    `${M}\`temperature\` may only be set to 1 when thinking is enabled. Please consult our documentation at https://docs.anthropic.com/x`,
    "Thinking may not be enabled when tool_choice forces tool use.",
    "messages.369.content.0.thinking.signature: Field required",
    "messages.39.content.0: Invalid `signature` in `thinking` block",
    "messages.1.content.1: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.",
    "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `text`. When `thinking` is enabled, a final `assistant` message must start with a thinking block.",
    `${M}"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.`,
    "User messages cannot contain reasoning content. Please remove the reasoning content and try again.",
  ),
  // Model, access, lifecycle
  ["model-not-found", "ValidationException", 400, "The provided model identifier is invalid."],
  [
    "not-on-demand",
    "ValidationException",
    400,
    "Invocation of model ID X with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.",
  ],
  [
    "not-on-demand",
    "ValidationException",
    400,
    "Invocation of model ID X with on-demand throughput isn't supported. Retry your request with the ID or ARN of an inference profile that contains this model.",
  ],
  ["model-access", "AccessDeniedException", 403, "You don't have access to the model with the specified model ID."],
  ["model-access", "AccessDeniedException", 403, "You don’t have access to the model with the specified model ID."],
  ["access-denied", "ValidationException", 400, "Operation not allowed"],
  ["access-denied", "ValidationException", 400, "Your account is not authorized to invoke this API operation."],
  [
    "model-access",
    "ResourceNotFoundException",
    404,
    "Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model. If you have already filled out the form, try again in 15 minutes.",
  ],
  [
    "model-access",
    "AccessDeniedException",
    403,
    "Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model. If you recently fixed this issue, try again after 5 minutes.",
  ],
  [
    "model-access",
    "AccessDeniedException",
    403,
    "Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided.",
  ],
  [
    "model-not-found",
    "ResourceNotFoundException",
    404,
    "This model version has reached the end of its life. Please refer to the AWS documentation for more details.",
  ],
  [
    "model-access",
    "ResourceNotFoundException",
    404,
    "Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days. Please upgrade to an active model on Amazon Bedrock",
  ],
  [
    "access-denied",
    "AccessDeniedException",
    403,
    "User: arn:aws:sts::1:assumed-role/R/S is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:us-east-1::foundation-model/ID because no identity-based policy allows the bedrock:InvokeModelWithResponseStream action",
  ],
  // Credentials, throttling, availability, overflow
  ["invalid-credentials", "UnrecognizedClientException", 403, "The security token included in the request is invalid."],
  ["expired-credentials", "ExpiredTokenException", 403, "The security token included in the request is expired"],
  [
    "expired-credentials",
    "InvalidSignatureException",
    403,
    "Signature expired: 20250130T064508Z is now earlier than 20250210T013411Z (20250210T013911Z - 5 min.)",
  ],
  [
    "invalid-credentials",
    "InvalidSignatureException",
    403,
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
  ],
  [
    "invalid-credentials",
    "AccessDeniedException",
    403,
    "Authentication failed: Please make sure your API Key is valid.",
  ],
  ["expired-credentials", "AccessDeniedException", 403, "Bearer Token has expired"],
  ["throttled", "ThrottlingException", 429, "Too many requests, please wait before trying again."],
  ["throttled", "ThrottlingException", 429, "Too many tokens, please wait before trying again."],
  ["quota-exhausted", "ThrottlingException", 429, "Too many tokens per day, please wait before trying again."],
  ["overloaded", "ServiceUnavailableException", 503, "Too many connections, please wait before trying again."],
  ["overloaded", "ServiceUnavailableException", 503, "Bedrock is unable to process your request."],
  ["overloaded", "ModelNotReadyException", 429, ""],
  ["overloaded", "ModelErrorException", 424, ""],
  [
    "overloaded",
    "InternalServerException",
    500,
    "The system encountered an unexpected error during processing. Try your request again.",
  ],
  ["timeout", "ModelTimeoutException", 408, "Model has timed out in processing the request. Try your request again."],
  ["context-overflow", "ValidationException", 400, `${M}prompt is too long: 200049 tokens > 200000 maximum`],
  [
    "context-overflow",
    "ValidationException",
    400,
    `${M}input length and \`max_tokens\` exceed context limit: 196395 + 64000 > 204698, decrease input length or \`max_tokens\` and try again`,
  ],
  ["context-overflow", "ValidationException", 400, `${M}Input is too long for requested model.`],
  [
    "context-overflow",
    "ValidationException",
    400,
    `Mantle streaming error for requestId r-1: "This model's maximum context length is 202752 tokens. However, you requested 65536 output tokens`,
  ],
  // Guardrails
  ...invalid(
    "The guardrail identifier or version provided in the request does not exist.",
    "The provided guardrail identifier is invalid.",
    "The provided request does not contain the grounding source. Grounding source, query and content to guard are required for Guardrails contextual grounding policy evaluation.",
  ),
  // Mantle
  ["invalid-credentials", "", 401, "Credential should be scoped to correct service: 'bedrock-mantle'."],
  ["invalid-request", "", 400, "model `xai.grok-4.3` isn't supported on this route"],
  ["invalid-request", "", 400, "The model 'openai.gpt-5.6-terra' does not support the '/v1/chat/completions' API"],
  ["invalid-credentials", "", 401, "Invalid bearer token"],
  ["model-not-found", "", 404, "The model 'openai.gpt-oss' does not exist"],
  // CountTokens and embeddings
  ...invalid(
    "The provided model doesn't support counting tokens.",
    `Malformed input request: #/texts/0: expected maxLength: 2048, actual: 19882${R}`,
    "400 Bad Request: Image exceeds max pixels allowed.",
  ),
  [
    "context-overflow",
    "ValidationException",
    400,
    "400 Bad Request: Too many input tokens. Max input tokens: 8192, request input token count: 9875",
  ],
];

describe("answers of the service", () => {
  it.each(ROWS)("are %s: %s %i %s", (kind, name, status, message) => {
    const answer = { name: name || undefined, status, message, requestId: "r-1" };
    const error = bedrockErrorFromService(answer, { model: "a.b" });
    expect(error.kind).toBe(kind);
    expect(error.message).toContain("(request id r-1)");
    if (message) expect(error.problem).toContain(message.slice(0, 200));
  });

  // The account's own refusal stands alone: behind the prefix the words would be a model's.
  const alone = ["", "Operation not allowed"];
  it.each(ROWS.filter(([, , , message]) => !alone.includes(message) && !message.startsWith(M)))(
    "are %s behind the model's prefix and with curly apostrophes: %s %i %s",
    (kind, name, status, message) => {
      const curly = `${M}${message.replaceAll("'", "’")}`;
      expect(bedrockErrorFromService({ name: name || undefined, status, message: curly }).kind).toBe(kind);
    },
  );

  it.each(ROWS)("are %s in an exception that spells Message: %s %i %s", (kind, name, status, message) => {
    const thrown = Object.assign(new Error("UnknownError"), {
      name: name || "Error",
      Message: message,
      $metadata: { httpStatusCode: status, requestId: "r-2" },
    });
    const error = toBedrockError(thrown);
    expect(error.kind).toBe(kind);
    expect(error.service?.requestId).toBe("r-2");
  });

  it("gives the words of a model's endpoint that come as JSON", () => {
    const inner = JSON.stringify({
      type: "error",
      request_id: "req_1",
      error: { type: "invalid_request_error", message: "`temperature` is deprecated for this model." },
    });
    const error = bedrockErrorFromService({ name: "ValidationException", status: 400, message: `${M}${inner}` });
    expect(error).toMatchObject({
      kind: "invalid-request",
      problem: `${M}\`temperature\` is deprecated for this model.`,
    });
  });

  it("names the profiles that may hold a model refused on demand, and the region asked", () => {
    const message = "Invocation of model ID a.b with on-demand throughput isn’t supported.";
    const context = { model: "a.b", region: "eu-west-1", profiles: ["eu.a.b", "global.a.b"] };
    const { fix } = bedrockErrorFromService({ name: "ValidationException", status: 400, message }, context);
    expect(fix).toContain("eu.a.b or global.a.b");
    expect(fix).toContain("eu-west-1");
  });

  it("names the region that was asked for a model it does not know", () => {
    const answer = { name: "ValidationException", status: 400, message: "The provided model identifier is invalid." };
    expect(bedrockErrorFromService(answer, { model: "a.b", region: "eu-west-1" }).fix).toContain(
      "eu-west-1, the region asked",
    );
  });

  it.each([
    [
      "because no identity-based policy allows the bedrock:InvokeModel action",
      "Allow bedrock:InvokeModel on arn:aws:bedrock:::foundation-model/ID",
    ],
    ["with an explicit deny in a service control policy: arn:aws:organizations::1:policy/x", "organization"],
    ["with an explicit deny in an identity-based policy", "Remove the explicit deny"],
  ])("says which permission is missing %s", (why, words) => {
    const message = `User: arn:aws:sts::1:assumed-role/R/S is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:::foundation-model/ID ${why}`;
    expect(bedrockErrorFromService({ name: "AccessDeniedException", status: 403, message }).fix).toContain(words);
  });
});
