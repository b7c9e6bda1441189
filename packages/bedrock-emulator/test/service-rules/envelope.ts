import { expect } from "vitest";
import { hello, micro, type RuleRow, refused } from "./rule-row.ts";

const faulty = (fault: string, status: number, type: string): RuleRow => [
  `${type} has the status ${status}`,
  async (on) => {
    const answer = await on.model(micro, "converse", hello, { "x-emulator-fault": fault });
    expect([answer.status, answer.headers.get("x-amzn-errortype")?.split(":")[0]]).toEqual([status, type]);
  },
];

/** Errors and the layers that they come from. */
export const envelopeRules: readonly RuleRow[] = [
  [
    "a refusal is {message} with its type and a request id in the headers",
    async (on) => {
      const { headers, ...answer } = await on.model("no.such", "converse", hello);
      expect(answer.json()).toEqual({ message: "The provided model identifier is invalid." });
      expect(headers.get("x-amzn-errortype")).toBe(
        "ValidationException:http://internal.amazon.com/coral/com.amazon.bedrock/",
      );
      expect(headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get("content-type")).toBe("application/json");
    },
  ],
  [
    "the layer of signatures has a suffix of its own",
    async (on) => {
      const answer = await on.path("/foundation-models", undefined, { authorization: "" });
      expect([answer.status, answer.headers.get("x-amzn-errortype")]).toEqual([
        403,
        "MissingAuthenticationTokenException:http://internal.amazon.com/coral/com.amazon.coral.service/",
      ]);
      expect(Object.keys(answer.json())).toEqual(["message"]);
    },
  ],
  [
    "a policy and a bearer token are refused with a capital Message",
    async (on) => {
      const denied = await on.path("/foundation-models", undefined, { "x-emulator-fault": "denied" });
      const unknown = await on.path("/foundation-models", undefined, { authorization: "Bearer x" });
      for (const answer of [denied, unknown]) {
        expect([answer.status, Object.keys(answer.json())]).toEqual([403, ["Message"]]);
      }
    },
  ],
  faulty("access-denied", 403, "AccessDeniedException"),
  faulty("timeout", 408, "ModelTimeoutException"),
  faulty("stream-error", 424, "ModelStreamErrorException"),
  faulty("throttle", 429, "ThrottlingException"),
  faulty("internal", 500, "InternalServerException"),
  faulty("unavailable", 503, "ServiceUnavailableException"),
  faulty("connections", 503, "ServiceUnavailableException"),
  ["shapes are checked first, with paths from 1, all violations at once", ["member-missing", "enum", "value-minimum"]],
  [
    "Converse speaks in prose with paths from 0",
    refused(
      micro,
      "converse",
      { messages: [{ role: "user", content: [{ text: "" }] }] },
      400,
      /at messages\.0\.content\.0 is/,
    ),
  ],
  [
    "the model's own refusals have a prefix at Converse, and none at InvokeModel",
    async (on) => {
      const thinking = { type: "enabled", budget_tokens: 1 };
      const sonnet = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
      const converse = { ...hello, additionalModelRequestFields: { thinking } };
      const messages = [{ role: "user", content: "Hello" }];
      const native = { anthropic_version: "bedrock-2023-05-31", max_tokens: 9_000, messages, thinking };
      const words = "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024";
      expect((await on.model(sonnet, "converse", converse)).json()).toEqual({
        message: `The model returned the following errors: ${words}`,
      });
      expect((await on.model(sonnet, "invoke", native)).json()).toEqual({ message: words });
    },
  ],
  [
    "what is refused before the first frame of a stream is a plain HTTP error",
    refused(micro, "converse-stream", { messages: [] }, 400, /^\{"message":"A conversation must start/),
  ],
];
