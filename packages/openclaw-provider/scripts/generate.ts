/** Writes what is derived from `src/config/schema.ts`: the manifest, and the README's configuration table. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { configTable } from "./config-table.ts";
import { pluginManifest } from "./manifest.ts";

const MANIFEST = fileURLToPath(new URL("../openclaw.plugin.json", import.meta.url));
const README = fileURLToPath(new URL("../README.md", import.meta.url));

/** The files as they should be, by path. */
export function generated(): ReadonlyMap<string, string> {
  const table = /(<!-- config:begin -->\n).*?(<!-- config:end -->)/su;
  const readme = readFileSync(README, "utf8").replace(table, (_, begin, end) => `${begin}${configTable()}\n${end}`);
  return new Map([
    [MANIFEST, `${JSON.stringify(pluginManifest(), null, 2)}\n`],
    [README, readme],
  ]);
}

if (import.meta.main) {
  for (const [path, text] of generated()) writeFileSync(path, text);
}
