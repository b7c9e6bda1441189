import { assumed, documented, recorded, reported } from "../refusals/provenance.ts";
import { refusalTable } from "../refusals/refusal-table.ts";

export const modelRefusal = refusalTable("Models", {
  "unknown-model": {
    refuses: "An id that is not known, or the profile of another geography.",
    provenance: recorded,
    says: () => "The provided model identifier is invalid.",
  },
  "on-demand-unsupported": {
    refuses: "The bare id of a model that is reached by a profile.",
    provenance: reported("anthropics/anthropic-sdk-python#894"),
    says: (id: string) =>
      `Invocation of model ID ${id} with on-demand throughput isn\u2019t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
  },
  "operation-unsupported": {
    refuses: "An operation that the model does not have.",
    provenance: assumed,
    says: (modelId: string, operation: string) =>
      `The model ${modelId} doesn't support the ${operation} operation. Use a model that supports it.`,
  },
  "no-access": {
    refuses: "A model that the account has no access to (by option; 403).",
    provenance: recorded,
    says: () => "You don't have access to the model with the specified model ID.",
  },
  "use-case-form": {
    refuses: "A model whose form the account has not sent (by option; 404).",
    provenance: reported("obot#6747"),
    says: () =>
      "Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model. If you have already filled out the form, try again in 15 minutes.",
  },
  marketplace: {
    refuses: "A model that the role may not subscribe to (by option; 403).",
    provenance: reported("host-openclaw#41"),
    says: () =>
      "Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model. If you recently fixed this issue, try again after 5 minutes.",
  },
  payment: {
    refuses: "A model that the account cannot pay for (by option; 403).",
    provenance: reported("opensre#1811"),
    says: () => "Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided.",
  },
  "end-of-life": {
    refuses: "A version that is no longer served (by option; 404).",
    provenance: reported("idp#708"),
    says: () =>
      "This model version has reached the end of its life. Please refer to the AWS documentation for more details.",
  },
  "legacy-idle": {
    refuses: "A legacy model that the account did not use of late (by option; 404).",
    provenance: reported("llmeter#35"),
    says: () =>
      "Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days. Please upgrade to an active model on Amazon Bedrock",
  },
  "account-barred": {
    refuses: "Every model, for an account that is barred (by option).",
    provenance: reported("langchain#19215"),
    says: () => "Operation not allowed",
  },
  "reservation-missing": {
    refuses: "The service tier `reserved` without a reservation.",
    provenance: reported("ai-gateway#1749"),
    says: () => "Reservation not found.",
  },
  "latency-unsupported": {
    refuses: "`performanceConfig.latency: optimized` on a model without it.",
    provenance: documented("https://docs.aws.amazon.com/bedrock/latest/userguide/latency-optimized-inference.html"),
    says: (modelId: string) =>
      `Latency performance configuration is not supported for ${modelId}. Remove performanceConfig.latency or set it to standard and try again.`,
  },
  "count-unsupported": {
    refuses: "CountTokens: a profile, an ARN, or a model whose tokens are not counted.",
    provenance: recorded,
    says: () => "The provided model doesn't support counting tokens.",
  },
  "count-input-missing": {
    refuses: "CountTokens: a body without an input.",
    provenance: assumed,
    says: () =>
      "1 validation error detected: Value null at 'input' failed to satisfy constraint: Member must not be null",
  },
  "count-body": {
    refuses: "CountTokens: a native body that is no JSON.",
    provenance: assumed,
    says: () => "Malformed input request, please reformat your input and try again.",
  },
  "count-server-tool": {
    refuses: "CountTokens: a tool of Anthropic's own servers.",
    provenance: recorded,
    says: (index: number, type: string, tags: readonly string[]) =>
      `tools.${index}: Input tag '${type}' found using 'type' does not match any of the expected tags: ${tags.map((tag) => `'${tag}'`).join(", ")}`,
  },
  "count-too-long": {
    refuses: "CountTokens: more than 200000 tokens, even of a model with a larger window.",
    provenance: reported("boto/botocore#3707"),
    says: (tokens: number) => `prompt is too long: ${tokens} tokens > 200000 maximum`,
  },
});
