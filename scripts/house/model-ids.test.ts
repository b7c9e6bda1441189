import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
/** The rooms that may read a model id. */
const READERS = /^packages\/(model-capabilities|bedrock-emulator)\//u;

/** Names of vendors and families in a comparison, a pattern or a table key: an id is being read. */
const FAMILY =
  "claude|anthropic|nova|titan|cohere|llama|mistral|mixtral|deepseek|qwen|gpt-oss|marengo|jamba|kimi|grok|gemma|nemotron|minimax|palmyra";
const READS = [
  new RegExp(
    `\\.(includes|startsWith|endsWith|match|test|search|indexOf|split|replace)\\([^)\\n]*\\b(${FAMILY})`,
    "iu",
  ),
  new RegExp(`/[^/\\n]*\\b(${FAMILY})[^/\\n]*/[dgimsuvy]*\\s*\\.(test|exec)\\(`, "iu"),
  new RegExp(`[!=]==?\\s*["'\`](${FAMILY})`, "iu"),
  new RegExp(`case\\s+["'\`](${FAMILY})\\b`, "iu"),
];

/** Names of request shapes in a capability record, such as `titan-text-v2`: asking the record is what a room shall do. */
const types = readFileSync(join(root, "packages/model-capabilities/src/types.ts"), "utf8");
const SHAPES = [...types.matchAll(/"(?<shape>[a-z0-9]+(?:-[a-z0-9]+)+)"/gu)].map(
  ({ groups }) => `"${groups?.["shape"]}"`,
);

/** Lines that read a model id, without comments. */
function readings(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//gu, "").replace(/^\s*\/\/.*$/gmu, "");
  const withoutShapes = (line: string): string => SHAPES.reduce((rest, shape) => rest.replaceAll(shape, "shape"), line);
  return code.split("\n").filter((line) => READS.some((pattern) => pattern.test(withoutShapes(line))));
}

describe("a model id is read in one place", () => {
  it.each([
    'if (id.includes("claude")) return true;',
    'const isNova = model.id.startsWith("amazon.nova");',
    "return /opus|claude-3/u.test(modelId);",
    'switch (vendor) {\n case "anthropic": break; }',
    'const own = family === "titan-embed";',
  ])("sees a planted reading: %s", (line) => {
    expect(readings(line)).toHaveLength(1);
  });

  it("finds none outside model-capabilities and the emulator", () => {
    const files = globSync(["packages/*/src/**/*.ts", "apps/*/src/**/*.ts"], { cwd: root }).filter(
      (file) => !READERS.test(file) && !file.endsWith("/planted.ts") && !/\.test(-d)?\.ts$/u.test(file),
    );
    expect(files.length).toBeGreaterThan(20);
    const found = files.flatMap((file) =>
      readings(readFileSync(join(root, file), "utf8")).map((line) => `${file}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });
});
