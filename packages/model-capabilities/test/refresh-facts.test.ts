import { execFile } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
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

  it("says in one line which table it cannot reach or read, why, and what to do", async () => {
    const missing = join(tmpdir(), `no-table-${process.pid}.json`);
    const server = createServer((_, answer) => answer.writeHead(503).end());
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const url = `http://127.0.0.1:${port}/table.json`;
    const all = (place: string) => ({ "--card": place, "--litellm": place, "--pi-ai": place, "--models-dev": place });
    const line = (start: string, reason: string) =>
      new RegExp(`^facts:refresh: [A-Za-z. -]+: cannot ${start} \\S+ \\(.*${reason}.*\\); give .+ by --[a-z-]+\\n$`);
    await expect(refresh(all(url))).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(line("reach", "HTTP 503")),
    });
    await new Promise((resolve) => server.close(resolve));
    await expect(refresh(all(url))).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(line("reach", "ECONNREFUSED")),
    });
    await expect(refresh(all(missing))).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(line("read", "ENOENT")),
    });
  });
});
