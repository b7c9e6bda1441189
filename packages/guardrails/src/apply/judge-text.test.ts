import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallAnswer } from "./apply-call.ts";
import { REACH } from "./border-check.ts";
import { judgeText } from "./judge-text.ts";

const EMAIL = /[a-z.]+@[a-z]+\.com/gu;
const TICKET = /T-\d{4}/gu;
const passed = { reason: undefined, usage: undefined, coverage: undefined };

/** A guardrail that masks addresses and tickets and blocks a phrase. */
function judge(text: string): Promise<CallAnswer> {
  if (text.includes("launch codes")) {
    return Promise.resolve({ ...passed, action: "blocked", output: "No.", assessments: [] });
  }
  const found = (pattern: RegExp) =>
    [...text.matchAll(pattern)].map(([match]) => ({ match, action: "ANONYMIZED", type: "EMAIL" }));
  const output = mask(text);
  const policy = { piiEntities: found(EMAIL), regexes: found(TICKET) };
  const assessments = [{ sensitiveInformationPolicy: policy }];
  return Promise.resolve({ ...passed, action: output === text ? "none" : "masked", output, assessments });
}

function mask(text: string): string {
  return text.replaceAll(EMAIL, "{EMAIL}").replaceAll(TICKET, "{ticket}");
}

const maxCharacters = 4 * REACH + 100;
const secret = fc.constantFrom("ann@example.com", "T-1234", "b@c.com", "🐋", "e\u0301", ". ", "\n\n", "。");
const filler = fc.tuple(fc.constantFrom("X", "XY ", "🐋", "e\u0301"), fc.nat(900)).map(([one, n]) => one.repeat(n));
const long = fc
  .array(fc.oneof({ weight: 3, arbitrary: secret }, filler), { minLength: 10, maxLength: 60 })
  .map((parts) => parts.join(""));

describe("judgeText", () => {
  it("masks a text in pieces as it would be masked whole", async () => {
    await fc.assert(
      fc.asyncProperty(long, async (text) => {
        const sent: string[] = [];
        const seen = (piece: string) => {
          sent.push(piece);
          return judge(piece);
        };
        const judged = await judgeText(text, { maxCharacters, checkBorders: true, judge: seen });
        expect(judged.text).toBe(mask(text));
        expect(sent.every(({ length }) => length <= maxCharacters)).toBe(true);
        expect(sent.every((piece) => piece.isWellFormed())).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it("finds a phrase wherever a piece ends", async () => {
    for (let at = maxCharacters - REACH - 40; at < maxCharacters + 40; at++) {
      const text = `${"X".repeat(at)} launch codes ${"Y".repeat(2000)}`;
      const { blocked } = await judgeText(text, { maxCharacters, checkBorders: true, judge });
      expect(blocked?.output).toBe("No.");
    }
  });

  it("judges what fits in one call", async () => {
    const { answers, text } = await judgeText("I am b@c.com", { maxCharacters, checkBorders: true, judge });
    expect(answers).toHaveLength(1);
    expect(text).toBe("I am {EMAIL}");
  });
});
