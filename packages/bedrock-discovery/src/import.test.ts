import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("loads no AWS SDK when it is imported", () => {
  const script = `
    import { registerHooks } from "node:module";
    const seen = [];
    registerHooks({ load(url, context, next) { seen.push(url); return next(url, context); } });
    const before = seen.length;
    await import("@clawrock/bedrock-discovery");
    console.log(JSON.stringify({ all: seen.length - before, foreign: seen.filter((url) => url.includes("/node_modules/")) }));`;
  const output = execFileSync(
    process.execPath,
    ["--conditions=@clawrock/source", "--input-type=module", "-e", script],
    { cwd: fileURLToPath(new URL("..", import.meta.url)), encoding: "utf8" },
  );
  const { all, foreign } = JSON.parse(output);
  expect(all).toBeGreaterThan(5);
  expect(foreign).toEqual([]);
});
