import { expect, it } from "vitest";
import { guardrailBody } from "./headers.ts";
import { checkGuardrailPlace } from "./place.ts";

const arn = "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:guardrail/gr1";
const guardrail = { guardrailIdentifier: arn, guardrailVersion: "1" };

it("lets a guardrail pass that is where requests go, and one whose place is not told", () => {
  expect(checkGuardrailPlace(guardrail, { region: "us-gov-west-1" })).toEqual([]);
  expect(checkGuardrailPlace(guardrail, { region: "us-gov-west-1", accountId: "123456789012" })).toEqual([]);
  expect(checkGuardrailPlace({ ...guardrail, guardrailIdentifier: "gr1" }, { region: "eu-west-1" })).toEqual([]);
});

it("refuses one of another region by the path of the setting", () => {
  expect(() => checkGuardrailPlace(guardrail, { region: "us-east-1" }, "config.guardrail")).toThrow(
    "config.guardrail.guardrailIdentifier is a guardrail of us-gov-west-1, but requests go to us-east-1. Use a guardrail " +
      "of us-east-1, or send the requests to us-gov-west-1.",
  );
});

it("warns of one of another account, which may be shared", () => {
  const [warning] = checkGuardrailPlace(guardrail, { region: "us-gov-west-1", accountId: "210987654321" });
  expect(warning).toBe(
    "guardrail.guardrailIdentifier belongs to account 123456789012, the credentials to 210987654321: it works only if " +
      "that account shares it",
  );
});

it("puts the stream's mode into InvokeModel's body in its own words", () => {
  expect(guardrailBody({ ...guardrail, streamProcessingMode: "async" })).toEqual({
    "amazon-bedrock-guardrailConfig": { streamProcessingMode: "ASYNCHRONOUS" },
  });
  expect(guardrailBody({ ...guardrail, streamProcessingMode: "sync" })).toEqual({
    "amazon-bedrock-guardrailConfig": { streamProcessingMode: "SYNCHRONOUS" },
  });
  expect(guardrailBody(guardrail)).toEqual({});
});
