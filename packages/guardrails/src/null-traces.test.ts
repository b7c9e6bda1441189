import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeIntervention } from "./describe-intervention.ts";
import { findInterventions } from "./find-interventions.ts";
import type { GuardrailTraceLike } from "./trace.ts";

/** A trace as it comes over the wire, with `null` wherever a member may be missing. */
function nullable(inner: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof(inner, fc.constantFrom(null, undefined));
}
const item = nullable(
  fc.record(
    {
      action: nullable(fc.constantFrom("BLOCKED", "ANONYMIZED", "NONE")),
      name: nullable(fc.string()),
      match: nullable(fc.string()),
      type: nullable(fc.constantFrom("EMAIL", "GROUNDING", "RELEVANCE")),
      score: nullable(fc.double()),
    },
    { requiredKeys: [] },
  ),
);
const items = nullable(fc.array(item, { maxLength: 3 }));
const policy = (...keys: string[]) =>
  nullable(fc.record(Object.fromEntries(keys.map((key) => [key, items])), { requiredKeys: [] }));
const assessment = nullable(
  fc.record(
    {
      topicPolicy: policy("topics"),
      contentPolicy: policy("filters"),
      wordPolicy: policy("customWords", "managedWordLists"),
      sensitiveInformationPolicy: policy("piiEntities", "regexes"),
      contextualGroundingPolicy: policy("filters"),
    },
    { requiredKeys: [] },
  ),
);
const trace = fc.record(
  {
    actionReason: nullable(fc.string()),
    inputAssessment: nullable(fc.dictionary(fc.constantFrom("gr1", "gr2", "__proto__"), assessment)),
    outputAssessments: nullable(
      fc.dictionary(fc.constantFrom("gr1", "gr2"), nullable(fc.array(assessment, { maxLength: 2 }))),
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<GuardrailTraceLike>;

describe("a trace with null anywhere", () => {
  it.each([
    { inputAssessment: { gr1: null } },
    { outputAssessments: { gr1: null } },
    { outputAssessments: { gr1: [null] } },
    { inputAssessment: { gr1: { topicPolicy: { topics: [null] } } } },
  ] as unknown as GuardrailTraceLike[])("%j holds no findings", (holey) => {
    expect(findInterventions(holey)).toEqual([]);
    expect(describeIntervention(holey)).toBe("The guardrail's trace names no policy that acted");
  });

  it("is described in one line", () => {
    fc.assert(
      fc.property(trace, (any) => {
        const line = describeIntervention(any);
        expect(line).not.toMatch(/[\r\n]/u);
        expect(line).not.toContain("null");
        expect(line).not.toContain("undefined");
      }),
    );
  });

  it("is what an empty trace is, when it is null itself", () => {
    expect(describeIntervention(null as unknown as undefined)).toContain('set its trace to "enabled"');
  });
});
