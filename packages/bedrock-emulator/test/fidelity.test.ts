import { expect, it } from "vitest";
import type { Provenance } from "../src/refusals/provenance.ts";
import type { RefusalRow } from "../src/refusals/refusal-table.ts";
import { refusalTables } from "../src/refusals/tables.ts";
import { converseRules } from "../src/validation/rules.ts";

type Row = Pick<RefusalRow, "refuses" | "provenance">;

const kinds = ["recorded", "reported", "documented", "assumed", "own"] as const;

function origin(provenance: Provenance): string {
  return "source" in provenance ? `${provenance.kind}: ${provenance.source}` : provenance.kind;
}

const areas: readonly (readonly [string, readonly (readonly [string, Row])[]])[] = [
  ["Converse requests", converseRules.map((rule) => [rule.id, rule])],
  ...refusalTables.map(({ area, rows }) => [area, Object.entries<Row>(rows)] as const),
];

function page(): string {
  const all = areas.flatMap(([, rows]) => rows.map(([, row]) => row));
  const counts = kinds.map((kind) => `${all.filter((row) => row.provenance.kind === kind).length} ${kind}`);
  return [
    "# Fidelity of the emulator",
    "",
    "What it refuses, and how we know that Amazon Bedrock refuses it so. This page is written by `test/fidelity.test.ts` from the",
    "tables that every refusal is made from (`npx vitest run packages/bedrock-emulator/test/fidelity.test.ts -u`); a request's",
    "record and the log of the CLI name the rows (`refusedBy`).",
    "",
    `${all.length} refusals: ${counts.join(", ")}.`,
    "",
    "- **recorded**: the service's answer, or a request that it took, is in recorded traffic.",
    "- **reported**: somebody pasted the service's answer into a public issue or pull request.",
    "- **documented**: the page says so; the words of the refusal may differ.",
    "- **assumed**: concluded from neighbouring cases; the words may differ.",
    "- **own**: the emulator's, the service has nothing like it.",
    "",
    "Where a recording contradicts a report, the recording wins: Nova takes unknown model fields and `video/mp4` as a format,",
    "Titan Text Express takes two user messages in a row, DeepSeek R1 takes reasoning back.",
    ...areas.flatMap(([area, rows]) => [
      "",
      `## ${area}`,
      "",
      ...rows.map(([id, row]) => `- \`${id}\`: ${row.refuses} (${origin(row.provenance)})`),
    ]),
    "",
    "## Not refused, though the service may",
    "",
    "- Quotas: use a fault to see their errors.",
    "- Video length and size, PDF pages, sides of WebP images.",
    "- The minimum of a prompt cache is counted by the emulator's own tokenizer, which is no model's.",
    "",
  ].join("\n");
}

it("docs/fidelity.md lists every refusal", async () => {
  await expect(page()).toMatchFileSnapshot("../docs/fidelity.md");
});
