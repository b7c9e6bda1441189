import type { guardrailRefusal } from "../../src/guardrails/guardrail-refusals.ts";
import type { EmulatorGuardrail } from "../../src/index.ts";
import type { IdsOf } from "../../src/refusals/tables.ts";
import { attempt, messages, micro, type RefusalAttempt, toModel } from "./attempt.ts";

const missing = /The guardrail identifier or version provided in the request does not exist\./;
const apply = (id: string, version: string, body: object, status: number, message: RegExp) =>
  attempt(`/guardrail/${encodeURIComponent(id)}/version/${version}/apply`, { body }, status, message);
const hello = { source: "INPUT", content: [{ text: { text: "Hello" } }] };
const image = (bytes: Buffer) => ({ image: { format: "png", source: { bytes: bytes.toString("base64") } } });
const grounded: EmulatorGuardrail = {
  id: "grounded",
  versions: ["1"],
  words: [],
  contextualGrounding: { grounding: 0.5 },
  blockedInputMessaging: "no",
  blockedOutputsMessaging: "no",
};
const lessGrounded = (content: object[]) => ({
  ...apply(
    "grounded",
    "1",
    { source: "OUTPUT", content },
    400,
    /does not contain the grounding source\. Grounding source, query/,
  ),
  options: { guardrails: [grounded] },
});
const answer = { text: { text: "The sky is blue." } };

export const guardrailAttempts: Record<IdsOf<typeof guardrailRefusal>, readonly RefusalAttempt[]> = {
  "guardrail-missing": [
    apply("nosuchguard", "1", hello, 400, missing),
    apply("emulatorgrd1", "9", hello, 400, missing),
    apply("arn:aws:bedrock:eu-west-1:123456789012:guardrail/emulatorgrd1", "1", hello, 400, missing),
    toModel(
      micro,
      "converse",
      { messages, guardrailConfig: { guardrailIdentifier: "nosuchguard", guardrailVersion: "1" } },
      missing,
    ),
    toModel(micro, "invoke", { messages }, missing, {
      headers: { "x-amzn-bedrock-guardrailidentifier": "nosuchguard", "x-amzn-bedrock-guardrailversion": "1" },
    }),
  ],
  "guardrail-id": [apply("NOT-AN-ID", "1", hello, 400, /The provided guardrail identifier is invalid\./)],
  "guardrail-half": [
    toModel(micro, "converse", { messages, guardrailConfig: { guardrailVersion: "1" } }, /must be provided together/),
    toModel(micro, "invoke", { messages }, /must be provided together/, {
      headers: { "x-amzn-bedrock-guardrailidentifier": "emulatorgrd1" },
    }),
  ],
  "grounding-source-missing": [
    lessGrounded([answer]),
    lessGrounded([answer, { text: { text: "Which colour?", qualifiers: ["query"] } }]),
    lessGrounded([answer, { text: { text: "Blue is the sky.", qualifiers: ["grounding_source"] } }]),
  ],
  "guardrail-text-size": [
    apply("emulatorgrd1", "1", { source: "INPUT", content: [{ text: { text: "x".repeat(25_001) } }] }, 429, /Too many/),
  ],
  "guardrail-image-size": [
    apply("emulatorgrd1", "1", { source: "INPUT", content: [image(Buffer.alloc(4_200_000))] }, 400, /maximum of 4 MB/),
  ],
  "guardrail-image-count": [
    apply("emulatorgrd1", "1", { source: "INPUT", content: Array(21).fill(image(Buffer.alloc(9))) }, 400, /of 20: 21/),
    toModel(
      "amazon.nova-lite-v1:0",
      "converse",
      {
        messages: [{ role: "user", content: Array(21).fill({ guardContent: image(Buffer.alloc(9)) }) }],
        guardrailConfig: { guardrailIdentifier: "emulatorgrd1", guardrailVersion: "1" },
      },
      /maximum of 20: 21/,
    ),
  ],
};
