import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import { type ListedId, refusalTables } from "../src/refusals/tables.ts";
import { converseRules } from "../src/validation/rules.ts";
import type { RefusalAttempt } from "./attempts/attempt.ts";
import { callerAttempts } from "./attempts/callers.ts";
import { claudeAttempts } from "./attempts/claude.ts";
import { controlAttempts } from "./attempts/control-plane.ts";
import { credentialAttempts } from "./attempts/credentials.ts";
import { faultAttempts, requestAttempts, upstreamAttempts } from "./attempts/elsewhere.ts";
import { guardrailAttempts } from "./attempts/guardrails.ts";
import { mantleAttempts } from "./attempts/mantle.ts";
import { modelAttempts } from "./attempts/models.ts";
import { embeddingAttempts, nativeAttempts } from "./attempts/native.ts";
import { shapeAttempts } from "./attempts/shapes.ts";

/** The types see to it that every row is there, and this test that every one refuses. */
const attempts: Record<ListedId, readonly RefusalAttempt[]> = {
  ...shapeAttempts,
  ...modelAttempts,
  ...callerAttempts,
  ...guardrailAttempts,
  ...nativeAttempts,
  ...claudeAttempts,
  ...embeddingAttempts,
  ...mantleAttempts,
  ...controlAttempts,
  ...credentialAttempts,
  ...requestAttempts,
  ...faultAttempts,
  ...upstreamAttempts,
};

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

describe("rows of the fidelity page that are no rules of a Converse request", () => {
  it.each(Object.entries(attempts))("%s", async (id, tries) => {
    expect(tries.length).toBeGreaterThan(0);
    for (const { options, prepare, send, status, message } of tries) {
      const prepared = await prepare?.();
      const own = prepared?.options ?? options;
      const asked = own ? await startEmulator(own) : emulator;
      const refused = await send(asked);
      expect(refused.message).toMatch(message);
      expect(refused.status).toBe(status);
      // The refusal came from the row that the attempt is of.
      await expect.poll(() => asked.requests.at(-1)?.refusedBy).toContain(id);
      if (own) await asked.close();
      await prepared?.close();
    }
  });

  it("have ids of their own, and each an attempt", () => {
    const ids = refusalTables.flatMap((table) => Object.keys(table.rows));
    expect(Object.keys(attempts).toSorted()).toEqual(ids.toSorted());
    const all = [...ids, ...converseRules.map((rule) => rule.id)];
    expect(all.filter((id, index) => all.indexOf(id) !== index)).toEqual([]);
  });
});

it("nothing is refused past the tables", () => {
  const root = join(import.meta.dirname, "../src");
  const past = globSync("**/*.ts", { cwd: root }).filter((file) =>
    /\b(sendJson\(\s*\S+,\s*[45]\d\d|\.begin\(\s*[45]\d\d|statusCode = [45])/.test(
      readFileSync(join(root, file), "utf8"),
    ),
  );
  expect(past).toEqual([]);
});
