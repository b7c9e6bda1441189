import { attempt, listWith, type RefusalAttempt, signed, toModel, toSts } from "./refusal-attempt.ts";

const haiku = "anthropic.claude-3-haiku-20240307-v1:0";
const sonnetProfile = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const sonnet = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const micro = "amazon.nova-micro-v1:0";
const titanText = "amazon.titan-text-express-v1";
const titanEmbed = "amazon.titan-embed-text-v2:0";
const cohere = "cohere.embed-english-v3";
const messages = [{ role: "user", content: [{ text: "Hello" }] }];
const said = [{ role: "user", content: "Hello" }];
const claude = { anthropic_version: "bedrock-2023-05-31", max_tokens: 100, messages: said };
const role = { RoleArn: "arn:aws:iam::123456789012:role/emulator", RoleSessionName: "session", Version: "2011-06-15" };
const web = { Action: "AssumeRoleWithWebIdentity", ...role };
const scopedToS3 =
  "AWS4-HMAC-SHA256 Credential=KEY/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
const over = `e30.${Buffer.from(JSON.stringify({ exp: 1 })).toString("base64url")}.x`;

const sts = (form: Readonly<Record<string, string>>, status: number, message: RegExp): RefusalAttempt => ({
  status,
  message,
  options: { webIdentityTokens: ["token", over] },
  send: (emulator) => toSts(form, status, message).send(emulator),
});

/** Attempts for every row of the fidelity page that is no rule of a Converse request, by the row. */
export const refusedElsewhere: Readonly<Record<string, readonly RefusalAttempt[]>> = {
  "An access key or session token that is not known.": [
    signed(({ credentials }) => ({ credentials: { ...credentials, accessKeyId: "AKIAUNKNOWN" } }), /token included/),
    signed(({ credentials }) => ({ credentials: { ...credentials, sessionToken: "x" } }), /token included/),
  ],
  "A signature that does not hold, for the body or any signed header.": [
    signed(
      ({ credentials }) => ({ credentials: { ...credentials, secretAccessKey: "x" } }),
      /signature we calculated does not match/,
    ),
  ],
  "A request that is more than five minutes old.": [
    signed(() => ({ systemClockOffset: -400_000 }), /^Signature expired: .* \(.* - 5 min\.\)$/),
  ],
  "A request that is more than five minutes early.": [
    signed(() => ({ systemClockOffset: 400_000 }), /not yet current/),
  ],
  "A signature for another region.": [signed(() => ({ region: "eu-west-1" }), /scoped to a valid region/)],
  "A request without credentials.": [attempt("/foundation-models", { anonymous: true }, 403, /Missing Authentication/)],
  "An unknown or changed API key, or one minted for another region.": [
    attempt("/foundation-models", { headers: { authorization: "Bearer x" } }, 403, /API Key is valid/),
  ],
  "An expired API key.": [
    attempt("/foundation-models", { headers: { "x-emulator-fault": "expired" } }, 403, /Bearer Token has expired/),
  ],
  "Mantle: a signature for another service.": [
    {
      status: 401,
      message: /scoped to correct service: 'bedrock-mantle'/,
      send: (emulator) => {
        const authorization = scopedToS3.replace("KEY", emulator.credentials.accessKeyId);
        return attempt("/v1/models", { headers: { authorization } }, 401, /./).send(emulator);
      },
    },
  ],
  "Mantle: an unknown bearer token.": [
    attempt("/v1/models", { headers: { authorization: "Bearer x" } }, 401, /Invalid bearer token/),
  ],
  "Temporary credentials whose time is over.": [
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
  ],
  "An action that a policy denies (by fault).": [
    attempt("/foundation-models", { headers: { "x-emulator-fault": "denied" } }, 403, /is not authorized to perform/),
  ],
  "Metadata without a token of version 2, or with one that is over.": [
    attempt("/latest/meta-data/iam/security-credentials/", { anonymous: true }, 401, /(?:)/),
  ],
  "A container's request without its authorization token.": [
    attempt("/v1/credentials", { anonymous: true }, 401, /authorization token of the container/),
  ],
  "STS: a duration outside of 900 to 43200 seconds, a role of another account, a web identity that is not known or over.":
    [
      sts({ ...web, WebIdentityToken: "token", DurationSeconds: "60" }, 400, /greater than or equal to 900/),
      sts({ ...web, WebIdentityToken: "token", DurationSeconds: "50000" }, 400, /less than or equal to 43200/),
      sts({ ...web, WebIdentityToken: "token", RoleArn: "arn:aws:iam::999999999999:role/x" }, 403, /not authorized/),
      sts({ ...web, WebIdentityToken: "token", RoleArn: "x" }, 400, /x is invalid/),
      sts({ ...web, WebIdentityToken: "token", RoleSessionName: "?" }, 400, /roleSessionName/),
      sts({ ...web, WebIdentityToken: "other" }, 400, /not a valid JWT/),
      sts({ ...web, WebIdentityToken: over }, 400, /Token expired/),
      sts({ Action: "Nothing" }, 400, /Could not find operation Nothing/),
    ],
  "SSO portal: a session that is over.": [
    attempt("/federation/credentials?role_name=r&account_id=123456789012", { anonymous: true }, 401, /Session token/),
    attempt("/federation/credentials", { anonymous: true }, 400, /are required/),
  ],
  "SSO OIDC: a refresh token that is not known or was used, another grant, a missing parameter.": [
    attempt("/token", { anonymous: true, body: {} }, 400, /invalid_request/),
    attempt(
      "/token",
      { anonymous: true, body: { clientId: "c", clientSecret: "s", grantType: "refresh_token", refreshToken: "x" } },
      400,
      /invalid_grant/,
    ),
    attempt(
      "/token",
      { anonymous: true, body: { clientId: "c", clientSecret: "s", grantType: "device" } },
      400,
      /unsupported_grant_type/,
    ),
  ],
  "A native body with unknown keys, missing keys, wrong types or values out of bounds (Titan, Llama, Mistral, Cohere, chat).":
    [
      toModel(titanText, "invoke", { inputText: "Hello", other: 1 }, /#: extraneous key \[other\] is not permitted/),
      toModel(titanText, "invoke", {}, /#: required key \[inputText\] not found/),
      toModel(titanText, "invoke", { inputText: 1 }, /expected type: String, found: Integer/),
      toModel(
        "us.meta.llama3-3-70b-instruct-v1:0",
        "invoke",
        { prompt: "Hello", temperature: 7 },
        /is not less or equal/,
      ),
    ],
  "Claude: missing and unknown fields, block types, tool pairs, in Anthropic's words.": [
    toModel(haiku, "invoke", { messages: said }, /: Field required/),
    toModel(haiku, "invoke", { ...claude, other: 1 }, /other: Extra inputs are not permitted/),
    toModel(haiku, "invoke", { ...claude, messages: [] }, /at least one message is required/),
    toModel(haiku, "invoke", { ...claude, messages: "x" }, /messages: Input should be a valid list/),
    toModel(haiku, "invoke", { ...claude, max_tokens: 0 }, /max_tokens: Input should be greater than or equal to 1/),
    toModel(haiku, "invoke", { ...claude, messages: [{ role: "user" }] }, /content: Field required/),
    toModel(haiku, "invoke", { ...claude, messages: [{ content: "x" }] }, /role: Field required/),
    toModel(haiku, "invoke", { ...claude, messages: [{ role: "user", content: [{ type: "x" }] }] }, /does not match/),
    toModel(
      haiku,
      "invoke",
      { ...claude, messages: [{ role: "user", content: [{ type: "tool_result", tool_use_id: "t" }] }] },
      /tool_use/,
    ),
  ],
  "Claude: what the model's own rules of Converse refuse, without Converse's prefix.": [
    toModel(
      sonnetProfile,
      "invoke",
      { ...claude, thinking: { type: "enabled", budget_tokens: 10 } },
      /"message":"thinking\.enabled\.budget_tokens: Input should be greater/,
    ),
  ],
  "Responses: a parameter that the API does not have.": [
    attempt("/v1/responses", { body: { model: "openai.gpt-oss-120b", input: "x", nope: 1 } }, 400, /Unknown parameter/),
    attempt("/v1/responses", { body: { model: "openai.gpt-oss-120b" } }, 400, /Missing required parameter: 'input'/),
  ],
  "Responses: a previous response (none is kept).": [
    attempt(
      "/v1/responses",
      { body: { model: "openai.gpt-oss-120b", input: "x", previous_response_id: "resp_1" } },
      400,
      /Previous response with id 'resp_1' not found/,
    ),
  ],
  "Messages: refusals in the shape of Anthropic's API.": [
    attempt("/anthropic/v1/messages", { body: {} }, 400, /"type":"error","error":\{"type":"invalid_request_error"/),
    attempt("/anthropic/v1/messages", { body: "{" }, 400, /is not valid JSON/),
  ],
  "The runtime's /openai/v1: Mantle's ids, the list of models, models without the API.": [
    attempt(
      "/runtime/openai/v1/chat/completions",
      { body: { model: "openai.gpt-oss-120b", messages: said } },
      404,
      /does not exist/,
    ),
    attempt("/runtime/openai/v1/models", {}, 404, /Unknown (path|operation)/),
  ],
  "A foundation model that is not there (GetFoundationModel).": [
    attempt("/foundation-models/no.such-model", {}, 404, /ould not|not found|not exist/),
  ],
  "An id that is not known, or the profile of another geography.": [
    toModel("no.such-model", "converse", { messages }, /The provided model identifier is invalid\./),
    toModel(`eu.${sonnet}`, "converse", { messages }, /The provided model identifier is invalid\./),
  ],
  "The bare id of a model that is reached by a profile.": [
    toModel(sonnet, "converse", { messages }, /with on-demand throughput isn\u2019t supported/),
  ],
  "An operation that the model does not have.": [
    toModel(titanEmbed, "converse", { messages }, /doesn't support the Converse operation/),
    toModel(titanEmbed, "converse-stream", { messages }, /doesn't support the ConverseStream operation/),
  ],
  "An inference profile that is not there (GetInferenceProfile).": [
    attempt("/inference-profiles/us.no.such", {}, 404, /inference profile was not found/),
  ],
  "Everything that breaks a constraint of the service model, all violations at once.": [
    toModel(
      micro,
      "converse",
      { messages, inferenceConfig: { maxTokens: 0, topP: 2 } },
      /2 validation errors detected/,
    ),
  ],
  "A member of another type (SerializationException).": [
    toModel(micro, "converse", { messages, inferenceConfig: { maxTokens: "1" } }, /STRING_VALUE can not be converted/),
    toModel(micro, "converse", "{", /could not be parsed/),
  ],
  "A union with no member, or with several.": [
    toModel(micro, "converse", { messages: [{ role: "user", content: [{}] }] }, /exactly one of/),
  ],
  "Filters and page sizes outside of their constraints.": [
    attempt("/inference-profiles?maxResults=0", {}, 400, /maxResults/),
    attempt("/inference-profiles?type=OTHER", {}, 400, /type/),
    attempt("/foundation-models?byInferenceType=OTHER", {}, 400, /byInferenceType/),
  ],
  "A page token that it did not give.": [
    attempt("/inference-profiles?nextToken=x", {}, 400, /pagination token is invalid/),
  ],
  "An id, version or region without such a guardrail.": [
    attempt(
      "/guardrail/nosuchguard/version/1/apply",
      { body: { source: "INPUT", content: [{ text: { text: "x" } }] } },
      400,
      /does not exist/,
    ),
  ],
  "An id that is none.": [
    attempt(
      "/guardrail/NOT-AN-ID/version/1/apply",
      { body: { source: "INPUT", content: [{ text: { text: "x" } }] } },
      400,
      /guardrail identifier is invalid/,
    ),
  ],
  "Titan: more than 8192 tokens.": [
    toModel(
      titanEmbed,
      "invoke",
      { inputText: "one ".repeat(9_000) },
      /Too many input tokens\. Max input tokens: 8192/,
    ),
  ],
  "Cohere v3: a text of more than 2048 characters.": [
    toModel(
      cohere,
      "invoke",
      { input_type: "search_query", texts: ["x".repeat(2_049)] },
      /#\/texts\/0: expected maxLength: 2048, actual: 2049/,
    ),
  ],
  "Unknown keys, missing keys and values outside of an enum.": [
    toModel(titanEmbed, "invoke", { inputText: "x", other: 1 }, /extraneous key \[other\]/),
    toModel(titanEmbed, "invoke", {}, /required key \[inputText\] not found/),
    toModel(cohere, "invoke", { input_type: "other", texts: ["x"] }, /is not a valid enum value/),
  ],
  "Cohere: more than 96 texts.": [
    toModel(cohere, "invoke", { input_type: "search_query", texts: Array(97).fill("x") }, /96/),
  ],
  "A profile or an ARN instead of a base id.": [
    toModel(sonnetProfile, "count-tokens", { input: { converse: { messages } } }, /doesn't support counting tokens/),
  ],
  "A tool of Anthropic's own servers.": [
    toModel(
      sonnet,
      "count-tokens",
      {
        input: {
          invokeModel: {
            body: Buffer.from(JSON.stringify({ ...claude, tools: [{ type: "web_search_20250305" }] })).toString(
              "base64",
            ),
          },
        },
      },
      /tools\.0: Input tag 'web_search_20250305'/,
    ),
  ],
  "A model that is not there (404).": [
    attempt("/v1/chat/completions", { body: { model: "no.such", messages: said } }, 404, /'no\.such' does not exist/),
    attempt("/v1/chat/completions", { body: { messages: said } }, 400, /must provide a model/),
    attempt("/v1/chat/completions", { body: "{" }, 400, /could not parse the JSON body/),
  ],
  "A model of another route.": [
    attempt(
      "/v1/chat/completions",
      { body: { model: "xai.grok-4.3", messages: said } },
      400,
      /isn't supported on this/,
    ),
  ],
  "A model without Chat Completions.": [
    attempt(
      "/openai/v1/chat/completions",
      { body: { model: "openai.gpt-5.5", messages: said } },
      400,
      /does not support the '\/v1\/chat\/completions' API/,
    ),
  ],
};

/** Rows whose attempts need a client that is set up in another test, by the file of that test. */
export const refusedInAccountAccess: Readonly<Record<string, string>> = {
  "A model that the account cannot use: access, form, marketplace, payment, end of life, idle legacy (by option).":
    "account-access.test.ts",
  "A caller that an identity policy or a service control policy denies a model, an account that is barred (by option).":
    "account-access.test.ts",
};
