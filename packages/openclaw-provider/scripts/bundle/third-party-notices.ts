import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
}

/** Licences of what was really bundled, each text once, under the packages it belongs to. @throws Error for a bundled package that states no licence. */
export function noticesOf(modules: readonly string[]): string {
  const folders = new Set(modules.filter((path) => path.includes("node_modules/")).map(packageFolder));
  const byText = Map.groupBy(folders, textOf);
  const notices = [...byText].map(([text, owners]) =>
    [[...new Set(owners.map(titleOf))].toSorted().join("\n"), text].join("\n\n"),
  );
  const head = "This plugin contains the following third-party software.";
  return `${[head, ...notices.toSorted()].join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

/** The nearest folder with a named package: packages put nameless package.json files beside their builds. */
function packageFolder(input: string): string {
  for (let folder = dirname(resolve(input)); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file) && packageJson(folder).name) return folder;
  }
  throw new Error(`${input} belongs to no package`);
}

function packageJson(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function titleOf(folder: string): string {
  const { name, version, license } = packageJson(folder);
  if (!license) throw new Error(`${name}@${version} states no licence`);
  return `${name} ${version} (${license})`;
}

function textOf(folder: string): string {
  const files = readdirSync(folder).filter((entry) => /^(?:licen[cs]e|notice)(?:\.(?:md|txt))?$/iu.test(entry));
  return files
    .toSorted()
    .map((entry) => readFileSync(join(folder, entry), "utf8").trim())
    .join("\n\n");
}
