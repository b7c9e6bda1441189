import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { explain, parseModelRef } from "../src/index.ts";

const CLI = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
const run = promisify(execFile);

describe("explain", () => {
  it("says what an id is, each value and where it comes from", () => {
    const text = explain(parseModelRef("us.anthropic.claude-opus-4.7"));
    expect(text).toContain(
      "us.anthropic.claude-opus-4-7\n  inference-profile, geography us; model anthropic.claude-opus-4-7; family claude",
    );
    expect(text).toMatch(/context window +1,000,000 {2}\[fact: pi-ai, 2026-11-10\]/);
    expect(text).toMatch(/sampling +temperature no; .*\[rule: claude from 4\.7 on/);
    expect(text).toMatch(/not known: embedding/);
  });

  it("gives the reason for what is no id", () => {
    expect(explain(parseModelRef("a b"))).toMatch(/^"a b" is no Bedrock model id: /);
  });
});

describe("the command", () => {
  it("explains ids", async () => {
    const { stdout } = await run(process.execPath, [CLI, "gpt-oss-20b"]);
    expect(stdout).toContain("family gpt-oss");
  });

  it("prints records as JSON", async () => {
    const { stdout } = await run(process.execPath, [CLI, "--json", "amazon.nova-lite-v1:0"]);
    expect(JSON.parse(stdout)).toMatchObject([{ ref: { kind: "foundation-model" }, capabilities: { family: "nova" } }]);
  });

  it.each([
    [["no such id"], 1],
    [["--wrong"], 2],
    [[], 2],
  ])("leaves %j with %i", async (args, code) => {
    await expect(run(process.execPath, [CLI, ...args])).rejects.toMatchObject({ code });
  });
});
