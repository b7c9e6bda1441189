import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "@clawrock/bedrock-emulator";
import { expect, it } from "vitest";

const home = path.resolve(import.meta.dirname, "..");

it("the README's example ranks the texts", async () => {
  const [, code = ""] = /```ts\n(.+?)```/su.exec(readFileSync(path.join(home, "README.md"), "utf8")) ?? [];
  const emulator = await startEmulator();
  const options = ["--conditions=@clawrock/source", "--input-type=module-typescript", "--eval", code];
  const env = { PATH: process.env["PATH"], ...emulator.env };
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: home, env });
  await emulator.close();
  expect(stdout).toMatch(/^Knead the dough.*\n[1-9]\d* tokens in 2 calls\n$/u);
});
