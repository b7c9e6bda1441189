import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { documentedEntries } from "../../e2e/openclaw/documented/all.ts";
import { blocksOf, commandsOf, configOf, optionsOf } from "../../e2e/openclaw/documented/blocks.ts";
import { configSchema } from "../../packages/openclaw-provider/src/config/schema.ts";

const data = process.env["CLAWROCK_SHARED_DATA"] ?? path.resolve(import.meta.dirname, "../../../../shared/data");
const folder = path.resolve(data, "../reference/seeds");
const pages = existsSync(folder) ? readdirSync(folder).map((name) => ({ name, ...read(name) })) : [];

function read(name: string): ReturnType<typeof blocksOf> & { readonly options: readonly string[] } {
  const page = readFileSync(path.join(folder, name), "utf8");
  return { ...blocksOf(page), options: optionsOf(page) };
}

const tried = {
  commands: new Set(documentedEntries.flatMap(({ shell }) => commandsOf(shell ?? ""))),
  configs: new Set(documentedEntries.flatMap(({ config }) => (config === undefined ? [] : [configOf(config)]))),
};

describe("blocksOf", () => {
  it("finds fenced blocks, indented or squeezed into a line, and those that lost their fences", () => {
    const page = [
      "  ```bash",
      "  export A=1",
      "  # Optional:",
      "  export B=2",
      "  ```",
      '```bash} openclaw one # two: openclaw three ``` and ```json5} { a: { b: "c" }, } ```',
      "bash# 1. First aws iam a \\ --b '{ c }' # 2. Then openclaw four",
      "{",
      "d: [1], // as said",
      "}",
      "prose on openclaw five, with `openclaw six` in it",
      "openclaw seven",
    ].join("\n");
    const { commands, configs } = blocksOf(page);
    expect(commands).toEqual([
      ...["export A=1", "export B=2", "openclaw one", "openclaw three"],
      ...["aws iam a --b '{ c }'", "openclaw four", "openclaw seven", "openclaw six"],
    ]);
    expect(configs).toEqual(['{"a":{"b":"c"}}', '{"d":[1]}']);
  });
});

describe.skipIf(pages.length === 0)("what OpenClaw's pages tell their users to type", () => {
  it("is at hand, from all five pages", () => {
    expect(pages.length).toBe(5);
    expect(pages.filter(({ commands }) => commands.length === 0)).toEqual([]);
    expect(pages.filter(({ configs }) => configs.length === 0)).toEqual([]);
  });

  it.each(pages)("is tried by an entry of e2e/openclaw/documented: $name", ({ commands, configs }) => {
    expect(commands.filter((command) => !tried.commands.has(command))).toEqual([]);
    expect(configs.filter((config) => !tried.configs.has(config))).toEqual([]);
  });

  it("names no option that the plugin's schema lacks", () => {
    const { discovery, guardrail } = configSchema.properties;
    const known = new Set(Object.keys({ ...discovery.properties, ...guardrail.properties }));
    const options = pages.flatMap((page) => page.options);
    expect(options.length).toBeGreaterThan(15);
    expect(options.filter((option) => !known.has(option))).toEqual([]);
  });
});
