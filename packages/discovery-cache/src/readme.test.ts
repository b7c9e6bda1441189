import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createDiscoveryCache } from "./discovery-cache.ts";
import { fileStore } from "./stores/file-store.ts";

it("runs the example of the README, twice: the second time with the files of the first", async () => {
  const directory = mkdtempSync(join(tmpdir(), "readme-"));
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const example = /```ts\n(?<code>.*?)```/su.exec(readme)?.groups?.["code"] ?? "";
  const here = example.replace(/^import .*$/gmu, "").replace("/home/me/.cache/my-app/lists", directory);
  const body = stripTypeScriptTypes(`async () => { ${here} }`);
  const printed: unknown[] = [];
  const run = new Function("createDiscoveryCache", "fileStore", "console", `return (${body})();`);
  const log = (value: unknown) => printed.push(value);
  for (let time = 0; time < 2; time++) await run(createDiscoveryCache, fileStore, { log, warn: log });
  expect(printed).toEqual(["loaded", "fresh", "fresh", "fresh"]);
  rmSync(directory, { recursive: true });
});
