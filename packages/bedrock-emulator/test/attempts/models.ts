import type { AccountAccess } from "../../src/index.ts";
import type { modelRefusal } from "../../src/models/model-refusals.ts";
import type { IdsOf } from "../../src/refusals/tables.ts";
import { haiku, messages, micro, type RefusalAttempt, sonnet, sonnetProfile, toModel } from "./attempt.ts";

const embedder = "amazon.titan-embed-text-v2:0";
const native = (body: unknown) => ({ input: { invokeModel: { body: Buffer.from(String(body)).toString("base64") } } });
const lacking = (access: AccountAccess, status: number, message: RegExp) =>
  toModel(micro, "converse", { messages }, message, { options: { access: { [micro]: access } }, status });

export const modelAttempts: Record<IdsOf<typeof modelRefusal>, readonly RefusalAttempt[]> = {
  "unknown-model": [
    toModel("no.such-model", "converse", { messages }, /The provided model identifier is invalid\./),
    toModel(`eu.${sonnet}`, "converse", { messages }, /The provided model identifier is invalid\./),
    toModel("openai.gpt-5.5", "converse", { messages }, /The provided model identifier is invalid\./),
    toModel(
      `arn:aws:bedrock:eu-west-1::foundation-model/${haiku}`,
      "converse",
      { messages },
      /The provided model identifier is invalid\./,
    ),
  ],
  "on-demand-unsupported": [
    toModel(
      sonnet,
      "converse",
      { messages },
      /^.*ID anthropic\..* with on-demand throughput isn\u2019t supported\. Retry/,
    ),
  ],
  "operation-unsupported": [
    toModel(embedder, "converse", { messages }, /doesn't support the Converse operation/),
    toModel(embedder, "converse-stream", { messages }, /doesn't support the ConverseStream operation/),
    toModel(embedder, "invoke-with-response-stream", {}, /doesn't support the InvokeModelWithResponseStream operation/),
    toModel("amazon.nova-canvas-v1:0", "invoke", {}, /doesn't support the InvokeModel operation/),
  ],
  "no-access": [
    lacking("no-access", 403, /"message":"You don't have access to the model with the specified model ID\."/),
  ],
  "use-case-form": [lacking("use-case-form", 404, /Model use case details have not been submitted for this account\./)],
  marketplace: [lacking("marketplace", 403, /aws-marketplace:Subscribe.*try again after 5 minutes\./)],
  payment: [lacking("payment", 403, /INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided\./)],
  "end-of-life": [lacking("end-of-life", 404, /This model version has reached the end of its life\./)],
  "legacy-idle": [lacking("legacy-idle", 404, /marked by provider as Legacy/)],
  "account-barred": [lacking("barred", 400, /"message":"Operation not allowed"/)],
  "reservation-missing": [
    toModel(micro, "converse", { messages, serviceTier: { type: "reserved" } }, /"Reservation not found\."/),
    toModel(micro, "invoke", { messages }, /"Reservation not found\."/, {
      headers: { "x-amzn-bedrock-service-tier": "reserved" },
    }),
  ],
  "latency-unsupported": [
    toModel(
      micro,
      "converse",
      { messages, performanceConfig: { latency: "optimized" } },
      /not supported for amazon\.nova/,
    ),
    toModel(micro, "invoke", { messages }, /not supported for amazon\.nova/, {
      headers: { "x-amzn-bedrock-performanceconfig-latency": "optimized" },
    }),
  ],
  "count-unsupported": [
    toModel(sonnetProfile, "count-tokens", { input: { converse: { messages } } }, /doesn't support counting tokens\./),
    toModel(micro, "count-tokens", { input: { converse: { messages } } }, /doesn't support counting tokens\./),
    toModel(haiku, "count-tokens", { input: { converse: { messages } } }, /doesn't support counting tokens\./),
  ],
  "count-input-missing": [toModel(sonnet, "count-tokens", {}, /Value null at 'input'/)],
  "count-body": [toModel(sonnet, "count-tokens", native("{"), /Malformed input request, please reformat/)],
  "count-server-tool": [
    toModel(
      sonnet,
      "count-tokens",
      native(JSON.stringify({ messages, tools: [{ type: "web_search_20250305" }] })),
      /tools\.0: Input tag 'web_search_20250305' found using 'type'/,
    ),
  ],
  "count-too-long": [
    toModel(
      sonnet,
      "count-tokens",
      { input: { converse: { messages: [{ role: "user", content: [{ text: "one ".repeat(200_001) }] }] } } },
      /prompt is too long: 20\d{4} tokens > 200000 maximum/,
    ),
  ],
};
