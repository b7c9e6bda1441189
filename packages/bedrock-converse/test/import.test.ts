import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";

it("loads no AWS SDK when imported", () => {
  const code = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    await import("@clawrock/bedrock-converse");
    console.log(JSON.stringify(loaded));`;
  const cwd = path.resolve(import.meta.dirname, "..");
  const options = ["--conditions=@clawrock/source", "--input-type=module", "--eval", code];
  const loaded = JSON.parse(execFileSync(process.execPath, options, { cwd, encoding: "utf8" })) as string[];
  expect(loaded.length).toBeGreaterThan(10);
  expect(loaded.filter((url) => /node_modules\/(@aws-sdk|@smithy|@aws)\//u.test(url))).toEqual([]);
});
