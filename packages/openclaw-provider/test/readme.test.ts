import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { settingsOf } from "../src/config/settings.ts";

const packages = join(import.meta.dirname, "../..");
const readme = readFileSync(join(packages, "openclaw-provider/README.md"), "utf8");
const json = [...readme.matchAll(/^```json\n(.*?)^```$/gmsu)].map(([, block = ""]) => JSON.parse(block));

/** The sources of all packages, strings that are written in pieces joined. */
const sources = globSync("*/src/**/*.ts", { cwd: packages })
  .filter((file) => !file.endsWith(".test.ts"))
  .map((file) => readFileSync(join(packages, file), "utf8").replaceAll(/"\s*\+\s*"/gu, ""))
  .join("\n");

describe("the README", () => {
  it("explains only errors whose text is in the code", () => {
    const table = /<!-- errors:begin -->(.*)<!-- errors:end -->/su.exec(readme)?.[1] ?? "";
    const texts = [...table.matchAll(/^\| `([^`]+)`/gmu)].map(([, text = ""]) => text);
    expect(texts.length).toBeGreaterThan(15);
    expect(texts.filter((text) => !sources.includes(text))).toEqual([]);
  });

  it("shows settings the plugin takes", () => {
    const configs = json.filter((block) => "plugins" in block);
    expect(configs.length).toBeGreaterThan(0);
    for (const config of configs) expect(() => settingsOf(config)).not.toThrow();
  });

  it("shows policies as IAM reads them", () => {
    const policies = json.filter((block) => "Statement" in block);
    expect(policies.length).toBe(3);
    for (const { Version, Statement } of policies) {
      expect(Version).toBe("2012-10-17");
      for (const { Effect, Action, Resource } of Statement) {
        expect(Effect).toBe("Allow");
        for (const action of [Action].flat()) expect(action).toMatch(/^bedrock(?:-mantle)?:[A-Z][A-Za-z]+$/u);
        for (const resource of [Resource].flat()) expect(resource).toMatch(/^(?:\*|arn:aws:bedrock(?:-mantle)?:.+)$/u);
      }
    }
  });
});
