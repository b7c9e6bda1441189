import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import { otherRefusals } from "./other-refusals.ts";
import { refusedElsewhere, refusedInAccountAccess } from "./refused-elsewhere.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

describe("rows of the fidelity page that are no rules of a Converse request", () => {
  it.each(Object.entries(refusedElsewhere))("%s", async (_, attempts) => {
    expect(attempts.length).toBeGreaterThan(0);
    for (const { options, send, status, message } of attempts) {
      const asked = options ? await startEmulator(options) : emulator;
      const refused = await send(asked);
      expect(refused.message).toMatch(message);
      expect(refused.status).toBe(status);
      if (options) await asked.close();
    }
  });

  it("each have a case, and no case is of another row", () => {
    const rows = otherRefusals.map(({ refuses }) => refuses);
    const tried = [...Object.keys(refusedElsewhere), ...Object.keys(refusedInAccountAccess)];
    expect(tried.toSorted()).toEqual(rows.toSorted());
    for (const file of Object.values(refusedInAccountAccess)) {
      expect(existsSync(join(import.meta.dirname, file)), file).toBe(true);
    }
  });
});
