import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { expect, it } from "vitest";
import { createDiscoveryCache } from "./discovery-cache.ts";

it("runs the example of the README", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const example = /```ts\n(?<code>.*?)```/su.exec(readme)?.groups?.["code"] ?? "";
  const body = stripTypeScriptTypes(`async () => { ${example.replace(/^import .*$/gmu, "")} }`);
  const printed: unknown[] = [];
  const run = new Function("createDiscoveryCache", "console", `return (${body})();`);
  await run(createDiscoveryCache, { log: (value: unknown) => printed.push(value) });
  expect(printed).toEqual(["loaded", "fresh"]);
});
