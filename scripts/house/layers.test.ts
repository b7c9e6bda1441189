import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

/** A file that breaks (or keeps) a rule of the house, and what the linter must say of it. */
interface Planted {
  readonly package: string;
  readonly source: string;
  readonly rule: string;
  /** Words of the refusal; absent where the file is fine. */
  readonly why?: string;
}

const importing = (name: string): string =>
  `import * as planted from "${name}";\nexport const used: unknown = planted;\n`;
const LAYERS = "lint/style/noRestrictedImports";
const ENVIRONMENT = "lint/style/noProcessEnv";
const readsEnvironment = "export const home: unknown = process.env;\n";

const PLANTED: Readonly<Record<string, Planted>> = {
  "a foundation importing another": {
    package: "conversation",
    source: importing("@clawrock/aws-auth"),
    rule: LAYERS,
    why: "conversation is a foundation",
  },
  "a foundation importing upward": {
    package: "aws-auth",
    source: importing("@clawrock/bedrock-converse"),
    rule: LAYERS,
    why: "aws-auth is a foundation",
  },
  "a room importing its neighbour": {
    package: "mantle-openai",
    source: importing("@clawrock/bedrock-converse"),
    rule: LAYERS,
    why: "may import the foundations only",
  },
  "a room importing the emulator": {
    package: "bedrock-embeddings",
    source: importing("@clawrock/bedrock-emulator"),
    rule: LAYERS,
    why: "may import the foundations only",
  },
  "a room importing the roof": {
    package: "bedrock-discovery",
    source: importing("@clawrock/openclaw-provider"),
    rule: LAYERS,
    why: "may import the foundations only",
  },
  "the emulator importing ours": {
    package: "bedrock-emulator",
    source: importing("@clawrock/model-capabilities"),
    rule: LAYERS,
    why: "imports nothing of ours",
  },
  "the roof importing the emulator": {
    package: "openclaw-provider",
    source: importing("@clawrock/bedrock-emulator"),
    rule: LAYERS,
    why: "is the roof",
  },
  "a path into another package": {
    package: "guardrails",
    source: importing("../../conversation/src/index.ts"),
    rule: LAYERS,
    why: "imported by its name",
  },
  "bedrock-converse importing guardrails": {
    package: "bedrock-converse",
    source: importing("@clawrock/guardrails"),
    rule: LAYERS,
  },
  "process.env outside aws-auth": {
    package: "discovery-cache",
    source: readsEnvironment,
    rule: ENVIRONMENT,
    why: "process.env",
  },
};

interface Diagnostic {
  readonly category: string;
  readonly message: string;
  readonly location: { readonly path: string };
}

const fileIn = (name: string): string => `packages/${name}/src/planted.ts`;

describe("the linter holds the house", () => {
  const files = [...new Set(Object.values(PLANTED).map((planted) => fileIn(planted.package)))];
  let said: readonly Diagnostic[] = [];

  beforeAll(() => {
    for (const planted of Object.values(PLANTED)) {
      const path = join(root, fileIn(planted.package));
      if (existsSync(path)) throw new Error(`${path} exists: the test would overwrite it`);
      writeFileSync(path, planted.source);
    }
    const args = ["lint", "--reporter=json", "--max-diagnostics=200", ...files];
    const { stdout } = spawnSync("node_modules/.bin/biome", args, { cwd: root, encoding: "utf8" });
    said = (JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] }).diagnostics;
  }, 120_000);
  afterAll(() => {
    for (const file of files) rmSync(join(root, file), { force: true });
  });

  it.each(Object.entries(PLANTED))("judges %s", (_, planted) => {
    const own = said.filter(
      ({ category, location }) => category === planted.rule && location.path.endsWith(fileIn(planted.package)),
    );
    if (planted.why === undefined) expect(own).toEqual([]);
    else expect(own.map(({ message }) => message).join("\n")).toContain(planted.why);
  });
});
