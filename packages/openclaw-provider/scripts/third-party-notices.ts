import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
}

interface Bundler {
  onEnd(callback: (result: { metafile?: Metafile | undefined }) => void): void;
}

interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
}

/** An esbuild plugin that writes the licences of everything that was really bundled. */
export function thirdPartyNotices(file: string): { name: string; setup(build: Bundler): void } {
  return {
    name: "third-party-notices",
    setup(build) {
      build.onEnd(({ metafile }) => {
        if (!metafile) return;
        // The bundle itself is written after this, so on a clean checkout the folder is not there yet.
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, noticesOf(metafile));
      });
    },
  };
}

/** Each licence text once, under the packages it belongs to. @throws Error for a bundled package that states no licence. */
export function noticesOf({ outputs }: Metafile): string {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  const folders = new Set(inputs.filter((path) => path.includes("node_modules/")).map(packageFolder));
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
