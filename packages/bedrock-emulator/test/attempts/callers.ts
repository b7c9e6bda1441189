import type { authRefusal } from "../../src/auth/auth-refusals.ts";
import type { IdsOf } from "../../src/refusals/tables.ts";
import { attempt, listWith, messages, micro, type RefusalAttempt, signed, toModel } from "./attempt.ts";

const list = "/foundation-models";
const parts = "Credential=KEY/20260101/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=0";
const withHeader = (path: string, authorization: string, status: number, message: RegExp): RefusalAttempt => ({
  status,
  message,
  send: (emulator) => {
    const header = `AWS4-HMAC-SHA256 ${authorization.replace("KEY", emulator.credentials.accessKeyId)}`;
    return attempt(path, { headers: { authorization: header } }, status, message).send(emulator);
  },
});

export const callerAttempts: Record<IdsOf<typeof authRefusal>, readonly RefusalAttempt[]> = {
  "credentials-missing": [
    attempt(list, { anonymous: true }, 403, /Missing Authentication Token/),
    attempt(list, { headers: { authorization: "Basic eDp5" } }, 403, /Missing Authentication Token/),
  ],
  "authorization-part-missing": [
    withHeader(list, parts.replace(", Signature=0", ""), 400, /requires 'Signature' parameter/),
    withHeader(list, parts.replace("SignedHeaders=host, ", ""), 400, /requires 'SignedHeaders' parameter/),
  ],
  "credential-scope": [withHeader(list, parts.replace("/aws4_request", ""), 400, /a credential scope of five parts/)],
  "date-missing": [withHeader(list, parts, 400, /existence of 'X-Amz-Date' header/)],
  "unknown-key": [
    signed(
      ({ credentials }) => ({ credentials: { ...credentials, accessKeyId: "AKIAUNKNOWN" } }),
      /token included .* invalid/,
    ),
  ],
  "unknown-session-token": [
    signed(({ credentials }) => ({ credentials: { ...credentials, sessionToken: "x" } }), /token included .* invalid/),
  ],
  "session-expired": [
    {
      status: 403,
      message: /^The security token included in the request is expired$/,
      options: { sessionSeconds: -60 },
      send: async (emulator) => {
        const minted = await attempt(emulator.sources.containerPath, {}, 200, /./).send(emulator);
        const { AccessKeyId, SecretAccessKey, Token } = JSON.parse(minted.message);
        const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token };
        return listWith(emulator, { credentials });
      },
    },
    signed(() => ({}), /token included in the request is expired/, { ListFoundationModels: { kind: "expired" } }),
  ],
  "request-old": [
    signed(
      () => ({ systemClockOffset: -400_000 }),
      /^Signature expired: \d{8}T\d{6}Z is now earlier than .* - 5 min\.\)$/,
    ),
    signed(() => ({}), /^Signature expired: /, { ListFoundationModels: { kind: "clock-skew", ms: 600_000 } }),
  ],
  "request-early": [signed(() => ({ systemClockOffset: 400_000 }), /^Signature not yet current: .* \+ 5 min\.\)$/)],
  "signature-mismatch": [
    signed(
      ({ credentials }) => ({ credentials: { ...credentials, secretAccessKey: "x" } }),
      /signature we calculated does not match/,
    ),
  ],
  "signature-service": [
    withHeader(list, parts.replace("/bedrock/", "/s3/"), 403, /scoped to correct service: 'bedrock'\./),
    withHeader("/v1/models", parts.replace("/bedrock/", "/s3/"), 401, /scoped to correct service: 'bedrock-mantle'\./),
  ],
  "signature-region": [signed(() => ({ region: "eu-west-1" }), /scoped to a valid region/)],
  "api-key-unknown": [
    attempt(
      list,
      { headers: { authorization: "Bearer x" } },
      403,
      /^\{"Message":"Authentication failed: .*API Key is valid\."\}$/,
    ),
    attempt(list, { headers: { authorization: "Bearer bedrock-api-key-eA==" } }, 403, /API Key is valid/),
  ],
  "api-key-expired": [
    attempt(list, { headers: { "x-emulator-fault": "expired" } }, 403, /^\{"Message":"Bearer Token has expired"\}$/),
  ],
  "mantle-api-key": [
    attempt(
      "/v1/models",
      { headers: { authorization: "Bearer x" } },
      401,
      /"code":"invalid_api_key".*Invalid bearer token/,
    ),
    attempt(
      "/anthropic/v1/messages",
      { body: {}, headers: { authorization: "Bearer x" } },
      401,
      /"authentication_error"/,
    ),
  ],
  "policy-denied": [
    attempt(
      list,
      { headers: { "x-emulator-fault": "denied" } },
      403,
      /^\{"Message":"User: arn:aws:iam::\d+:user\/emulator is not authorized to perform: bedrock:ListFoundationModels on resource: \* because no identity-based policy allows/,
    ),
    {
      ...attempt(
        "/v1/chat/completions",
        { body: { model: "openai.gpt-oss-120b", messages: [{ role: "user", content: "Hello" }] } },
        403,
        /"code":"access_denied","message":"User: .* not authorized to perform: bedrock-mantle:CreateInference on resource: \*/,
      ),
      options: { access: { "openai.gpt-oss-120b": "denied" } },
    },
    {
      ...attempt(
        "/openai/v1/chat/completions",
        { body: { model: "openai.gpt-oss-120b-1:0", messages: [{ role: "user", content: "Hello" }] } },
        403,
        /not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-1::foundation-model\/openai\.gpt-oss-120b-1:0/,
      ),
      options: { access: { "openai.gpt-oss-120b-1:0": "denied" } },
    },
  ],
  "organization-denied": [
    toModel(
      micro,
      "converse",
      { messages },
      /with an explicit deny in a service control policy: arn:aws:organizations::/,
      {
        options: { access: { "*": "denied-by-organization" } },
        status: 403,
      },
    ),
  ],
};
