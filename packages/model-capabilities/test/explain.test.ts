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
      "us.anthropic.claude-opus-4-7\n  inference profile, geography us; model anthropic.claude-opus-4-7; family claude",
    );
    expect(text).toMatch(/context window +1,000,000 {2}\[fact: pi-ai, 2026-11-10\]/);
    expect(text).toMatch(/sampling +temperature no; .*\[documented [0-9]+: claude from 4\.7 on/);
    expect(text).toMatch(/media limits +image formats png, .*; max image bytes 3,932,160;/);
    expect(text).toMatch(/\n {2}\[1\] https:/);
    expect(text).not.toMatch(/not known/);
  });

  it("numbers each page that a rule stands on, once", () => {
    const text = explain(parseModelRef("gpt-oss-120b"));
    const pages = [...text.matchAll(/^ {2}\[([0-9]+)\] (https:\S+)$/gm)];
    expect(pages.map(([, number]) => Number(number))).toEqual(pages.map((_, index) => index + 1));
    expect(new Set(pages.map(([, , page]) => page)).size).toBe(pages.length);
    for (const [, number] of text.matchAll(/(?:documented|recorded|reported|code) ([0-9]+):/g)) {
      expect(Number(number)).toBeLessThanOrEqual(pages.length);
    }
    expect(text).toMatch(/prompt caching +none {2}\[default\]/);
    expect(text).toMatch(/not known: citations, latency-optimised$/m);
  });

  it("says of an opaque ARN that it does not tell the model", () => {
    const arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc";
    expect(explain(parseModelRef(arn))).toContain("the ARN does not tell the model (GetInferenceProfile tells it)");
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
