import { expect, it } from "vitest";
import type { Provenance } from "../src/validation/rule.ts";
import { converseRules } from "../src/validation/rules.ts";
import { otherRefusals } from "./other-refusals.ts";

const kinds = ["recorded", "reported", "documented", "assumed"] as const;

function origin(provenance: Provenance): string {
  return "source" in provenance ? `${provenance.kind}: ${provenance.source}` : provenance.kind;
}

function page(): string {
  const all = [...converseRules, ...otherRefusals];
  const counts = kinds.map((kind) => `${all.filter((rule) => rule.provenance.kind === kind).length} ${kind}`);
  const areas = [...new Set(otherRefusals.map((refusal) => refusal.area))];
  return [
    "# Fidelity of the emulator",
    "",
    "What it refuses, and how we know that Amazon Bedrock refuses it so. This page is written by `test/fidelity.test.ts` from the",
    "rules themselves (`npx vitest run packages/bedrock-emulator/test/fidelity.test.ts -u`).",
    "",
    `${all.length} refusals: ${counts.join(", ")}.`,
    "",
    "- **recorded**: the service's answer, or a request that it took, is in recorded traffic.",
    "- **reported**: somebody pasted the service's answer into a public issue or pull request.",
    "- **documented**: the page says so; the words of the refusal may differ.",
    "- **assumed**: concluded from neighbouring cases.",
    "",
    "Where a recording contradicts a report, the recording wins: Nova takes unknown model fields and `video/mp4` as a format,",
    "Titan Text Express takes two user messages in a row, DeepSeek R1 takes reasoning back.",
    "",
    "## Converse requests",
    "",
    ...converseRules.map((rule) => `- \`${rule.id}\`: ${rule.refuses} (${origin(rule.provenance)})`),
    ...areas.flatMap((area) => [
      "",
      `## ${area}`,
      "",
      ...otherRefusals
        .filter((refusal) => refusal.area === area)
        .map((refusal) => `- ${refusal.refuses} (${origin(refusal.provenance)})`),
    ]),
    "",
    "## Not refused, though the service may",
    "",
    "- Quotas: use a fault to see their errors. Mantle looks at no account access.",
    "- Image counts (the documentation no longer names one), video length, PDF pages.",
    "- The supported subset of JSON schema in strict tools; grammars that are too large.",
    "- The minimum of a prompt cache is counted by the emulator's own tokenizer, which is no model's.",
    "",
  ].join("\n");
}

it("docs/fidelity.md lists every rule", async () => {
  await expect(page()).toMatchFileSnapshot("../docs/fidelity.md");
});
