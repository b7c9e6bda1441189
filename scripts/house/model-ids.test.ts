import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
/** The rooms that may read a model id. */
const READERS = /^packages\/(model-capabilities|bedrock-emulator)\//u;

/** Request shapes and routes of a capability record, such as `titan-text-v2`: asking the record is what a room shall do. */
const types = readFileSync(join(root, "packages/model-capabilities/src/types.ts"), "utf8");
const KNOWN: ReadonlySet<string> = new Set(
  [...types.matchAll(/"(?<text>[/a-z0-9-]+)"/gu)].map(({ groups }) => groups?.["text"] ?? ""),
);

describe("a model id is read in one place", () => {
  it.each([
    'if (id.includes("claude")) return true;',
    "if (id.includes('claude')) return true;",
    "if (id.includes(`claude-\u0024{version}`)) return true;",
    'const isNova = model.id.startsWith("amazon.nova");',
    "const isOpus = /opus|claude-3/u.test(modelId);",
    "const found = modelId.match(/gpt-5/);",
    'switch (vendor) { case "anthropic": break; }',
    'const own = family === "titan-embed";',
    'const own = "glm" === family;',
    "const limits = { claude: 200_000 }[family];",
    'const limits = { "claude-3": 200_000 }[family];',
    "const limit = table.claude;",
    'const THINKS = new Set(["deepseek.r1", "kimi-k2-thinking"]);',
    'const pattern = new RegExp("Claude 3");',
    'if (name.startsWith("Claude Opus")) return true;',
    'const vendor = id.split(".")[0] === "anthropic";',
    'const a = "/*"; const b = id.includes("claude"); const c = "*/";',
    'const own = id === "us.anthropic.claude-opus-4-7";',
    "const own = <Model thinks={id.includes(`sonnet`)} />;",
  ])("sees a planted reading: %s", (line) => {
    expect(idReadings(line, KNOWN)).toEqual([line]);
  });

  it("sees a reading spread over lines and behind a constant's name", () => {
    expect(idReadings('const own = id.includes(\n  "claude",\n);', KNOWN)).toEqual(['"claude",']);
    expect(idReadings('const ONE = "us.anthropic.claude-opus-5";\nif (id === ONE) go();', KNOWN)).toEqual([
      "if (id === ONE) go();",
    ]);
  });

  it.each([
    '// id.includes("claude")',
    "/* Claude takes its own fields. */ const a = 1;",
    'const MODEL = "amazon.titan-embed-text-v2:0";',
    'if (reasoning.request === "anthropic-budget") send();',
    'const runtimePath = path === "/anthropic/v1" ? path : "/openai/v1";',
    'import { claude } from "./claude.ts";',
    'const { payload } = await import("./claude-payload.ts");',
    'throw new Error("Ask for access to Claude Opus first");',
    "const nova2 = titanTextV2(body);",
    'if (capabilities.reasoning.value.mode === "adaptive") send();',
    'if (key === "anthropic_beta") join();',
    'const headers = { "anthropic-version": VERSION };',
  ])("lets pass what reads no id: %s", (line) => {
    expect(idReadings(line, KNOWN)).toEqual([]);
  });

  it("finds none outside model-capabilities and the emulator", () => {
    // Another check plants files of this name while it runs; none is the repository's own.
    expect(execFileSync("git", ["ls-files", "*planted.ts"], { cwd: root, encoding: "utf8" })).toBe("");
    const files = globSync(["packages/*/src/**/*.{ts,tsx,mts,cts,js,mjs}", "apps/*/src/**/*.{ts,tsx,mts,cts,js,mjs}"], {
      cwd: root,
    }).filter((file) => !READERS.test(file) && !file.endsWith("/planted.ts") && !/\.test(-d)?\.tsx?$/u.test(file));
    expect(files.length).toBeGreaterThan(100);
    const found = files.flatMap((file) =>
      idReadings(readFileSync(join(root, file), "utf8"), KNOWN).map((line) => `${file}: ${line}`),
    );
    expect(found).toEqual([]);
  });

  it("finds the readings of the rooms that do", () => {
    const own = readFileSync(join(root, "packages/model-capabilities/src/rules/mistral.ts"), "utf8");
    expect(idReadings(own, KNOWN).length).toBeGreaterThan(5);
  });
});

/** Names of the wire's own (`anthropic-beta`, `anthropic_version`, `anthropic-messages`) are no part of an id. */
const WORD =
  /(?<![a-z])(?:claude|anthropic(?![-_](?:beta|version|messages)(?![a-z]))|opus|sonnet|haiku|nova|titan|cohere|llama|mistral|mixtral|pixtral|ministral|magistral|devstral|voxtral|deepseek|qwen|gpt|marengo|pegasus|twelvelabs|jamba|ai21|kimi|moonshotai|grok|xai|gemma|nemotron|nvidia|minimax|palmyra|glm|zai)(?![a-z])/iu;
const COMPARES = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.InKeyword,
]);
const SEARCHES = new Set(
  "endsWith has includes indexOf lastIndexOf localeCompare match matchAll replace replaceAll search split startsWith".split(
    " ",
  ),
);

/**
 * Lines of a source that read a model id. A vendor's or family's name is a reading in any text without spaces, in a
 * pattern and as a name in a table. Texts with spaces are prose, and a whole id that names what to send is no reading,
 * unless something is compared with them or looked for in them, directly or by a constant's name.
 * `known` are texts that are no part of an id: request shapes and paths of a capability record.
 */
function idReadings(source: string, known: ReadonlySet<string> = new Set()): string[] {
  const file = ts.createSourceFile("source.tsx", source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const named = new Set<string>();
  const lines = new Set<number>();
  visit(file, (node) => {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || node.initializer === undefined) return;
    if (textsIn(node.initializer).some((text) => WORD.test(text))) named.add(node.name.text);
  });
  visit(file, (node) => {
    if (isReading(node, named, known)) lines.add(file.getLineAndCharacterOfPosition(node.getStart()).line);
  });
  const all = source.split("\n");
  return [...lines].sort((a, b) => a - b).map((line) => (all[line] ?? "").trim());
}

function isReading(node: ts.Node, named: ReadonlySet<string>, known: ReadonlySet<string>): boolean {
  if (ts.isRegularExpressionLiteral(node)) return WORD.test(node.text);
  if (ts.isIdentifier(node)) {
    if (named.has(node.text) && isCompared(node)) return true;
    return isTableKey(node) && node.text.replace(WORD, "") === "";
  }
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateHead(node) && !ts.isTemplateMiddleOrTemplateTail(node))
    return false;
  if (!WORD.test(node.text) || known.has(node.text) || isModuleName(node)) return false;
  if (isCompared(node)) return true;
  return !/\s/u.test(node.text) && !namesWhatToSend(node);
}

/** Whether something is compared with the node, or looked for by it, in it or in a list or pattern made of it. */
function isCompared(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) return COMPARES.has(parent.operatorToken.kind);
  if (ts.isCaseClause(parent)) return true;
  if (ts.isCallExpression(parent) && ts.isPropertyAccessExpression(parent.expression)) {
    return SEARCHES.has(parent.expression.name.text);
  }
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) return SEARCHES.has(parent.name.text);
  if (ts.isNewExpression(parent)) return parent.expression.getText() === "RegExp";
  return ts.isArrayLiteralExpression(parent) && isCompared(parent);
}

/** `const MODEL = "amazon.titan-embed-text-v2:0"`: an id in full, with its vendor, given a name. */
function namesWhatToSend(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isStringLiteral(node) &&
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]+)?$/u.test(node.text) &&
    (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) &&
    parent.initializer === node
  );
}

function isTableKey(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) return parent.name === node;
  return ts.isPropertyAccessExpression(parent) && parent.name === node;
}

function isModuleName({ parent }: ts.Node): boolean {
  if (ts.isCallExpression(parent)) return parent.expression.kind === ts.SyntaxKind.ImportKeyword;
  return ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent);
}

/** Texts of a constant: a literal, or a list or set of them. */
function textsIn(node: ts.Expression): readonly string[] {
  if (ts.isStringLiteralLike(node) || ts.isRegularExpressionLiteral(node)) return [node.text];
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return textsIn(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(textsIn);
  return ts.isNewExpression(node) ? (node.arguments ?? []).flatMap(textsIn) : [];
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  node.forEachChild((child) => visit(child, see));
}
