import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { examined, settings } from "./doctor-host.ts";
import { emulated } from "./emulated.ts";

const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");

describe("what --json prints", () => {
  emulated();

  it("has the keys of the README, and those only", async () => {
    const guardrail = { guardrailIdentifier: "emulatorgrd1", guardrailVersion: "1" };
    const report = await examined(settings({ guardrail }), { json: true, probe: "us.amazon.nova-lite-v1:0" });
    const printed: Record<string, unknown> = JSON.parse(JSON.stringify(report));
    const rows = [...readme.matchAll(/^\| (`[^|]+`) +\| ([^|]+?) +\|$/gmu)].filter(([, keys = ""]) =>
      [...keys.matchAll(/`(\w+)`/gu)].every(([, key = ""]) => key in printed),
    );
    const keys = rows.flatMap(([, cell = ""]) => [...cell.matchAll(/`(\w+)`/gu)].map(([, key = ""]) => key));
    expect(keys.toSorted()).toEqual(Object.keys(printed).toSorted());
    const told = rows.map(([, , cell = ""]) => cell).join("\n");
    for (const part of ["plugin", "guardrail", "probe"] as const) {
      for (const key of Object.keys(Object(printed[part]))) if (key !== "detail") expect(told).toContain(`\`${key}\``);
    }
  });
});
