import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainAssessments, explainTrace } from "./explain-trace.ts";
import type { GuardrailTraceLike } from "./trace.ts";

const full: GuardrailTraceLike = {
  actionReason: "No action.\nGuardrail masked.",
  inputAssessment: {
    gr1: {
      topicPolicy: { topics: [{ name: "Investing", action: "NONE", detected: true }] },
      contentPolicy: {
        filters: [
          { type: "VIOLENCE", confidence: "LOW", filterStrength: "HIGH", action: "NONE", detected: true },
          { type: "HATE", confidence: "NONE", filterStrength: "HIGH", action: "NONE", detected: false },
        ],
      },
      invocationMetrics: {
        guardrailProcessingLatency: 120,
        usage: { topicPolicyUnits: 2, contentPolicyUnits: 2 },
        guardrailCoverage: { textCharacters: { guarded: 1500, total: 1600 }, images: { guarded: 1, total: 2 } },
      },
      appliedGuardrailDetails: {
        guardrailId: "gr1",
        guardrailVersion: "3",
        guardrailArn: "arn:aws:bedrock:us-east-1:123456789012:guardrail/gr1",
        guardrailOrigin: ["ORGANIZATION_ENFORCED"],
        guardrailOwnership: "CROSS_ACCOUNT",
      },
    },
  },
  outputAssessments: {
    gr1: [
      {
        sensitiveInformationPolicy: { piiEntities: [{ type: "EMAIL", action: "ANONYMIZED" }] },
        contextualGroundingPolicy: {
          filters: [{ type: "GROUNDING", score: 0.31, threshold: 0.75, action: "NONE", detected: true }],
        },
        automatedReasoningPolicy: {
          findings: [
            {
              invalid: {
                translation: { confidence: 0.9, claims: [{ naturalLanguage: "the secret claim" }] },
                contradictingRules: [{ identifier: "RULE1" }, { identifier: "RULE2" }],
              },
            },
            { noTranslations: {} },
            { inventedLater: { rules: [] } },
            {},
          ],
        },
        invocationMetrics: { guardrailProcessingLatency: 80, usage: { topicPolicyUnits: 1 }, guardrailCoverage: null },
      },
    ],
  },
};

describe("explainTrace", () => {
  const explained = explainTrace(full);

  it("says what each policy did and saw, with strength, confidence and scores", () => {
    expect(explained.action).toBe("masked");
    expect(explained.reason).toBe("No action. Guardrail masked.");
    expect(explained.text).toBe(
      'Guardrail gr1 let the prompt pass and saw: denied topic "Investing"; content filter VIOLENCE (confidence LOW, ' +
        "filter strength HIGH)\n" +
        "Guardrail gr1 masked parts of the answer: personal data EMAIL; seen only: grounding in the source 0.31 below " +
        '0.75; automated reasoning: the claims contradict the rules (rules "RULE1", "RULE2", confidence 0.9); ' +
        "automated reasoning: nothing in the text can be checked; automated reasoning: a result of an unknown kind",
    );
    expect(explained.sides[0]?.lines[0]).toBe('detected: denied topic "Investing"');
    expect(explained.sides[1]?.findings).toContainEqual({
      policy: "automated-reasoning",
      action: "detected",
      result: "invalid",
      rules: ["RULE1", "RULE2"],
      confidence: 0.9,
    });
    expect(JSON.stringify(explained)).not.toContain("secret claim");
  });

  it("says which guardrail it was, and what it took", () => {
    expect(explained.sides[0]?.guardrail).toEqual({
      id: "gr1",
      version: "3",
      arn: "arn:aws:bedrock:us-east-1:123456789012:guardrail/gr1",
      origin: ["ORGANIZATION_ENFORCED"],
      ownership: "CROSS_ACCOUNT",
    });
    expect(explained.usage).toEqual({ topicPolicyUnits: 3, contentPolicyUnits: 2 });
    const coverage = { guardedCharacters: 1500, totalCharacters: 1600, guardedImages: 1, totalImages: 2 };
    expect(explained.coverage).toEqual(coverage);
    expect(explained.latencyMs).toBe(200);
  });

  it("is empty for no trace", () => {
    for (const none of [undefined, null, {}, { inputAssessment: null }]) {
      expect(explainTrace(none)).toMatchObject({ action: "none", text: "", sides: [], latencyMs: 0 });
    }
  });

  it("takes what it does not know for a block, and names it", () => {
    const assessment: object = { futurePolicy: { list: [{ action: "BLOCKED", match: "secret" }] } };
    const trace = { inputAssessment: { gr1: assessment } };
    expect(explainTrace(trace)).toMatchObject({
      action: "blocked",
      text: 'Guardrail gr1 blocked the prompt: the policy "futurePolicy"',
    });
    const rewritten = { inputAssessment: { gr1: { topicPolicy: { topics: [{ name: "t", action: "REWRITTEN" }] } } } };
    expect(explainTrace(rewritten)).toMatchObject({
      action: "blocked",
      text: 'Guardrail gr1 acted on the prompt: denied topic "t"',
    });
  });

  it("takes anything in place of a policy", () => {
    const anything = fc.dictionary(
      fc.constantFrom("topicPolicy", "contentPolicy", "automatedReasoningPolicy", "invocationMetrics", "otherPolicy"),
      fc.oneof(
        fc.anything(),
        fc.record({ topics: fc.anything(), filters: fc.anything(), findings: fc.anything(), usage: fc.anything() }),
      ),
    );
    fc.assert(
      fc.property(anything, (assessment) => {
        const trace = { inputAssessment: { gr1: assessment } } as unknown as GuardrailTraceLike;
        expect(["none", "masked", "blocked"]).toContain(explainTrace(trace).action);
      }),
    );
  });
});

describe("explainAssessments", () => {
  it("tells guardrails apart that one call applied", () => {
    const of = (guardrailId: string, action: string) => ({
      appliedGuardrailDetails: { guardrailId },
      topicPolicy: { topics: [{ name: guardrailId, action }] },
    });
    const { sides, action } = explainAssessments([of("own", "NONE"), of("enforced", "BLOCKED"), null], {
      guardrailId: "own",
      source: "answer",
    });
    expect(sides.map(({ guardrail, findings }) => [guardrail.id, findings.length])).toEqual([
      ["own", 0],
      ["enforced", 1],
    ]);
    expect(action).toBe("blocked");
  });
});
