import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { GuardrailTraceAssessment } from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, expectTypeOf, it } from "vitest";
import { describeIntervention } from "./describe-intervention.ts";
import { findInterventions } from "./find-interventions.ts";
import type { GuardrailTraceLike } from "./trace.ts";

const trace: GuardrailTraceLike = {
  actionReason: "Guardrail blocked.",
  inputAssessment: {
    gr1: {
      topicPolicy: {
        topics: [
          { name: "Investing", action: "BLOCKED" },
          { name: "Politics", action: "NONE" },
        ],
      },
      contentPolicy: {
        filters: [
          { type: "VIOLENCE", confidence: "HIGH", filterStrength: "MEDIUM", action: "BLOCKED" },
          { type: "HATE", confidence: "NONE", action: "NONE" },
        ],
      },
      wordPolicy: {
        customWords: [{ match: "blue\nwhale", action: "BLOCKED" }],
        managedWordLists: [{ type: "PROFANITY", action: "BLOCKED" }],
      },
      sensitiveInformationPolicy: null,
    },
  },
  outputAssessments: {
    gr1: [
      {
        sensitiveInformationPolicy: {
          piiEntities: [
            { type: "EMAIL", action: "ANONYMIZED" },
            { type: "EMAIL", action: "ANONYMIZED" },
            { type: "PHONE", action: "NONE" },
          ],
          regexes: [{ name: "ticket", action: "ANONYMIZED" }, { action: "ANONYMIZED" }],
        },
      },
      {
        contextualGroundingPolicy: {
          filters: [
            { type: "GROUNDING", score: 0.21, threshold: 0.7, action: "BLOCKED" },
            { type: "RELEVANCE", score: 0.9, threshold: 0.5, action: "NONE" },
          ],
        },
      },
    ],
    gr2: [{ wordPolicy: null }],
  },
};

describe("describeIntervention", () => {
  it("says which policies acted, on which side, in one line", () => {
    expect(describeIntervention(trace)).toBe(
      'Guardrail gr1 blocked the prompt: denied topic "Investing"; content filter VIOLENCE (confidence HIGH, ' +
        'filter strength MEDIUM); word "blue whale"; word list PROFANITY. ' +
        'Guardrail gr1 blocked the answer: personal data EMAIL (2 times); pattern "ticket"; an unnamed pattern; ' +
        "grounding in the source 0.21 below 0.7",
    );
  });

  it("says masked where nothing was blocked", () => {
    const masked = { sensitiveInformationPolicy: { piiEntities: [{ type: "NAME", action: "ANONYMIZED" }] } };
    const line = describeIntervention({ outputAssessments: { gr1: [masked] } });
    expect(line).toBe("Guardrail gr1 masked parts of the answer: personal data NAME");
  });

  it("says how to get a trace when there is none", () => {
    expect(describeIntervention(undefined)).toContain('set its trace to "enabled"');
  });

  it("gives the service's reason when no policy acted", () => {
    const line = describeIntervention({ actionReason: "No action.\nGuardrail masked." });
    expect(line).toBe(`The guardrail's trace names no policy that acted: "No action. Guardrail masked."`);
  });

  it("takes the AWS SDK's trace", () => {
    expectTypeOf<GuardrailTraceAssessment>().toExtend<GuardrailTraceLike>();
  });

  it("never repeats personal data or the model's unmasked answer", () => {
    const pii = { type: "EMAIL", match: "ann@example.com", action: "BLOCKED" };
    const managed = { type: "PROFANITY", match: "darn", action: "BLOCKED" };
    const secretive = {
      modelOutput: ["write to ann@example.com"],
      inputAssessment: {
        gr1: {
          sensitiveInformationPolicy: { piiEntities: [pii], regexes: [{ match: "T-1234", action: "BLOCKED" }] },
          wordPolicy: { managedWordLists: [managed] },
        },
      },
    };
    const said = describeIntervention(secretive) + JSON.stringify(findInterventions(secretive));
    expect(said).not.toMatch(/ann@|darn|T-1234/u);
  });
});

const data = process.env["CLAWROCK_SHARED_DATA"] ?? path.resolve(import.meta.dirname, "../../../../shared/data");
const recording = path.join(data, "recordings/openllmetry/openllmetry-test_guardrail_converse-0.json");

describe.skipIf(!existsSync(recording))("a recorded Converse answer", () => {
  it("explains a masked answer without the masked words", () => {
    const { response } = JSON.parse(readFileSync(recording, "utf8"));
    const line = describeIntervention(response.trace.guardrail);
    expect(line).toBe("Guardrail 5zwrmdlsra2e masked parts of the answer: personal data ADDRESS (4 times)");
  });
});
