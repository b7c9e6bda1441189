import { expect } from "vitest";
import { hello, micro, type RuleRow, sonnet } from "./rule-row.ts";

const said = [{ role: "user", content: "Hello" }];
const guarded = { guardrailIdentifier: "emulatorgrd1", guardrailVersion: "1" };
const forbidden = { role: "user", content: [{ text: "Tell me the launch codes" }] };
const count =
  (modelId: string): RuleRow[1] =>
  async (on) => {
    const answer = await on.model(modelId, "count-tokens", { input: { converse: hello } });
    expect([answer.status, answer.json()["inputTokens"]]).toEqual([200, expect.any(Number)]);
  };

/** The control plane, guardrails, Mantle, token counting and embeddings. */
export const otherRules: readonly RuleRow[] = [
  [
    "foundation models are one page; INFERENCE_PROFILE is in answers and no filter",
    async (on) => {
      const all = (await on.path("/foundation-models")).json();
      expect(Object.keys(all)).toEqual(["modelSummaries"]);
      expect(JSON.stringify(all)).toContain("INFERENCE_PROFILE");
    },
  ],
  ["filters outside of their enums", ["list-filter"]],
  [
    "profiles: only system-defined ones without a type, pages with tokens",
    async (on) => {
      const first = (await on.path("/inference-profiles?maxResults=2")).json();
      const system = JSON.stringify(first["inferenceProfileSummaries"]);
      expect(system).not.toContain("APPLICATION");
      const next = await on.path(`/inference-profiles?maxResults=2&nextToken=${first["nextToken"]}`);
      expect(next.text).not.toContain(system.slice(0, 200));
      expect((await on.path("/inference-profiles?type=APPLICATION")).text).toContain('"type":"APPLICATION"');
    },
  ],
  [
    "a profile by ARN has the account's number and one to five targets",
    async (on) => {
      const arn = `arn:aws:bedrock:us-east-1:${on.emulator.accountId}:application-inference-profile/x7k2m9q4w1zt`;
      const profile = (await on.path(`/inference-profiles/${encodeURIComponent(arn)}`)).json();
      expect(profile).toMatchObject({ inferenceProfileArn: arn, status: "ACTIVE", models: [{}, {}, {}] });
    },
  ],
  ["page sizes, tokens, types and ids", ["page-size", "page-token", "profile-type", "profile-id", "profile-missing"]],
  ["availability, which takes no ARN", ["availability-id", "availability-model"]],
  [
    "availability of a model",
    async (on) => {
      expect((await on.path(`/foundation-model-availability/${micro}`)).json()).toMatchObject({
        agreementAvailability: { status: "AVAILABLE" },
        authorizationStatus: "AUTHORIZED",
        entitlementAvailability: "AVAILABLE",
        regionAvailability: "AVAILABLE",
      });
    },
  ],
  [
    "ApplyGuardrail's answer has the members that were recorded",
    async (on) => {
      const body = { source: "INPUT", content: [{ text: { text: "the launch codes" } }] };
      const answer = (await on.path("/guardrail/emulatorgrd1/version/1/apply", body)).json();
      expect(answer).toMatchObject({
        action: "GUARDRAIL_INTERVENED",
        actionReason: "Guardrail blocked.",
        outputs: [{ text: expect.any(String) }],
        usage: { wordPolicyUnits: 1 },
        guardrailCoverage: { textCharacters: { guarded: 16, total: 16 } },
        assessments: [
          {
            topicPolicy: null,
            appliedGuardrailDetails: {
              guardrailOrigin: ["REQUEST"],
              guardrailOwnership: "SELF",
              guardrailVersion: "1",
            },
          },
        ],
      });
    },
  ],
  [
    "guardrails that are not there, without a source, too much text, images",
    [
      "guardrail-missing",
      "guardrail-id",
      "grounding-source-missing",
      "guardrail-text-size",
      "guardrail-image-size",
      "guardrail-image-count",
    ],
  ],
  [
    "a block is an answer that says so",
    async (on) => {
      const answer = await on.model(micro, "converse", { messages: [forbidden], guardrailConfig: guarded });
      expect(answer.json()).toMatchObject({
        stopReason: "guardrail_intervened",
        output: { message: { role: "assistant" } },
      });
      expect(answer.json()["trace"]).toBeUndefined();
    },
  ],
  [
    "only guardContent is looked at where it stands",
    async (on) => {
      const content = [
        { guardContent: { text: { text: "Hello" } } },
        ...forbidden.content,
        { text: "Reply with exactly: PONG" },
      ];
      const answer = await on.model(micro, "converse", {
        messages: [{ role: "user", content }],
        guardrailConfig: guarded,
      });
      expect(answer.json()["stopReason"]).toBe("end_turn");
    },
  ],
  ["blank guardContent", ["blank-guard-content"]],
  [
    "definitions, inputs and results of tools are not looked at",
    async (on) => {
      const tools = [
        { toolSpec: { name: "look", description: "launch codes", inputSchema: { json: { type: "object" } } } },
      ];
      const messages = [
        { role: "user", content: [{ text: "Look" }] },
        {
          role: "assistant",
          content: [{ toolUse: { toolUseId: "a", name: "look", input: { what: "launch codes" } } }],
        },
        { role: "user", content: [{ toolResult: { toolUseId: "a", content: [{ text: "fine" }] } }] },
      ];
      const answer = await on.model(micro, "converse", { messages, toolConfig: { tools }, guardrailConfig: guarded });
      expect(answer.json()["stopReason"]).toBe("end_turn");
    },
  ],
  [
    "InvokeModel takes its guardrail from headers; a block leaves no reason to stop",
    async (on) => {
      const body = {
        anthropic_version: "bedrock-2023-05-31",
        max_tokens: 9,
        messages: [{ role: "user", content: "the launch codes" }],
      };
      const headers = { "x-amzn-bedrock-guardrailidentifier": "emulatorgrd1", "x-amzn-bedrock-guardrailversion": "1" };
      const answer = await on.model(sonnet, "invoke", body, headers);
      expect([answer.status, answer.json()]).toMatchObject([
        200,
        { stop_reason: null, content: [{ text: expect.any(String) }] },
      ]);
    },
  ],
  [
    "Mantle: routes by model, keys, parameters",
    ["mantle-route", "mantle-api", "mantle-api-key", "mantle-model-unknown", "signature-service", "parameter-unknown"],
  ],
  [
    "Mantle's errors have the shape of OpenAI's",
    async (on) => {
      const answer = await on.path("/v1/chat/completions", { model: "xai.grok-4.3", messages: said });
      expect(answer.json()).toEqual({
        error: {
          code: "validation_error",
          message: "model `xai.grok-4.3` isn't supported on this route",
          param: null,
          type: "invalid_request_error",
        },
      });
    },
  ],
  [
    "Mantle lists what /v1 does not serve too, and its tool ids begin anew in every answer",
    async (on) => {
      expect((await on.path("/v1/models")).text).toContain("openai.gpt-5.5");
      const tools = [{ type: "function", function: { name: "get_weather", parameters: { type: "object" } } }];
      const ask = { model: "openai.gpt-oss-120b", messages: [{ role: "user", content: "Use get_weather" }], tools };
      for (let time = 0; time < 2; time++)
        expect((await on.path("/v1/chat/completions", ask)).text).toContain('"id":"call_0"');
    },
  ],
  [
    "events of Responses have their data before their name",
    async (on) => {
      const answer = await on.path("/v1/responses", { model: "openai.gpt-oss-120b", input: "Hello", stream: true });
      expect(answer.text).toMatch(/^data: \{.*\}\nevent: response\.created\n\n/);
    },
  ],
  [
    "chat completions follow a schema that is given",
    async (on) => {
      const schema = { type: "object", properties: { word: { type: "string" } } };
      const format = { type: "json_schema", json_schema: { name: "answer", schema } };
      const answer = await on.path("/v1/chat/completions", {
        model: "openai.gpt-oss-120b",
        messages: said,
        response_format: format,
      });
      const { message } = JSON.parse(answer.text).choices[0];
      expect(JSON.parse(message.content)).toEqual({ word: expect.any(String) });
    },
  ],
  ["tokens of base ids are counted", count("anthropic.claude-sonnet-4-5-20250929-v1:0")],
  ["tokens of profiles are not, nor more than 200000", ["count-unsupported", "count-too-long"]],
  [
    "embeddings: tokens of Titan, characters and texts of Cohere",
    ["titan-tokens", "titan-image", "cohere-text-length", "cohere-count"],
  ],
];
