import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { HAS_SHARED_DATA, SHARED_DATA } from "./shared-data.ts";

const SCRIPT = fileURLToPath(new URL("../scripts/refresh-facts.ts", import.meta.url));
const FACTS = join(SHARED_DATA, "model-facts");
const SNAPSHOTS = {
  "--card": join(FACTS, "model-facts.json"),
  "--litellm": join(FACTS, "litellm-bedrock.2026-07-24.json"),
  "--pi-ai": join(FACTS, "pi-ai-1.5.2-amazon-bedrock.2026-11-10.json"),
  "--models-dev": join(FACTS, "modelsdev-amazon-bedrock.resolved.2026-07-02.json"),
};
const run = promisify(execFile);
const refresh = (options: Readonly<Record<string, string>>) =>
  run(process.execPath, [SCRIPT, "--check", ...Object.entries(options).flat()]);

describe.skipIf(!HAS_SHARED_DATA)("facts:refresh", () => {
  it("makes the committed table of the snapshots, and prints what they disagree about", async () => {
    const { stdout } = await refresh(SNAPSHOTS);
    expect(stdout).toMatch(/models; unchanged/);
    expect(stdout).toMatch(/amazon\.nova-lite maxOutput: piAi 10000, card 5000, .*; decided piAi/);
  });
});

describe("facts:refresh", () => {
  it("refuses a table in which it finds no model", async () => {
    const empty = join(tmpdir(), `empty-table-${process.pid}.json`);
    await writeFile(empty, "{}");
    const attempt = refresh({ "--card": empty, "--litellm": empty, "--pi-ai": empty, "--models-dev": empty });
    await expect(attempt).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("no Bedrock model found") });
  });
});
