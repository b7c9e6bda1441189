import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

it("the README's example runs as it stands there", () => {
  const [, code = ""] = /```ts\n([\s\S]*?)```/.exec(readFileSync(`${root}/README.md`, "utf8")) ?? [];
  const output = execFileSync(
    process.execPath,
    ["--conditions=@clawrock/source", "--input-type=module-typescript", "--eval", code],
    { cwd: root, encoding: "utf8" },
  );
  expect(output).toMatch(/"toolUse":\{.*"name":"get_weather"/);
  expect(output).toContain('{"messageStop":{"stopReason":"tool_use"');
  expect(output.trimEnd().split("\n").at(-1)).toBe("ConverseStream 200");
});
