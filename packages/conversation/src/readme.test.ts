import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const home = path.resolve(import.meta.dirname, "..");

it("the README's example prints what the README says", () => {
  const readme = readFileSync(path.join(home, "README.md"), "utf8");
  const [, code = "", printed = ""] = /```ts\n(.+?)```.*?```text\n(.+?)```/su.exec(readme) ?? [];
  const options = ["--conditions=@clawrock/source", "--input-type=module-typescript", "--eval", code];
  expect(code).not.toBe("");
  expect(execFileSync(process.execPath, options, { cwd: home, encoding: "utf8" })).toBe(printed);
});
