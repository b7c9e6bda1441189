import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import { refusalTables } from "../src/refusals/tables.ts";
import { converseRules as refusingRules } from "../src/validation/rules.ts";
import { converseRules } from "./service-rules/converse.ts";
import { envelopeRules } from "./service-rules/envelope.ts";
import { otherRules } from "./service-rules/other-surfaces.ts";
import { type Asked, asking } from "./service-rules/rule-row.ts";
import { streamRules } from "./service-rules/stream.ts";

let emulator: Emulator;
let on: Asked;
beforeAll(async () => {
  emulator = await startEmulator();
  on = asking(emulator);
});
afterAll(() => emulator.close());

/** What refuses: each is tried by refusals.test.ts or validation.test.ts. */
const known = new Set([
  ...refusalTables.flatMap((table) => Object.keys(table.rows)),
  ...refusingRules.map((rule) => rule.id),
]);

describe.each([
  ["errors", envelopeRules],
  ["Converse", converseRules],
  ["streams", streamRules],
  ["everything else", otherRules],
])("rules of the service: %s", (_, rules) => {
  it.each(rules)("%s", async (_rule, proof) => {
    if (typeof proof === "function") await proof(on);
    else expect(proof.filter((id) => !known.has(id))).toEqual([]);
  });
});
