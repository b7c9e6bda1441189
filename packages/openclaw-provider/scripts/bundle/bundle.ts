// One plugin without dependencies: the host then needs no registry to install it. What registers it is one chunk, what a turn
// needs a second that the first turn loads.
import { rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type InputOptions, type OutputOptions, rolldown } from "rolldown";
import { asciiOnly, momentsOf, noCycles } from "./chunks.ts";
import { nodeBuiltins } from "./node-builtins.ts";
import { staticImports } from "./static-imports.ts";
import { noticesOf } from "./third-party-notices.ts";
import { tokenGenerator } from "./token-generator.ts";

const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

const input: InputOptions = {
  input: { index: path("src/index.ts"), "doctor-contract-api": path("src/doctor-contract-api.ts") },
  cwd: path("."),
  platform: "node",
  resolve: {
    // Our packages from source, so that only the files in use are bundled; everybody else's ES modules likewise.
    conditionNames: ["@clawrock/source", "module"],
    mainFields: ["module", "main"],
    // The proxy agents log by it; loading it would fail, and with it every call behind a proxy.
    alias: { debug: path("scripts/bundle/quiet-debug.cjs") },
  },
  plugins: [nodeBuiltins(), staticImports(), tokenGenerator()],
};

const { register, list, mantle, turn } = await momentsOf(input, {
  register: ["src/index.ts"],
  list: ["src/catalog/gate.ts", "src/catalog/bedrock-catalog.ts"],
  mantle: ["src/catalog/mantle-catalog.ts"],
  turn: ["src/turn/converse-turn.ts", "/@aws-sdk/credential-providers/"],
});

const output: OutputOptions = {
  dir: path("dist"),
  format: "esm",
  // Names stay, for whoever reads a stack trace.
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  codeSplitting: {
    groups: [
      { name: "register", priority: 3, test: (id) => register.has(id) },
      { name: "list", priority: 2, test: (id) => list.has(id) || (mantle.has(id) && turn.has(id)) },
      { name: "turn", priority: 1, test: (id) => turn.has(id) },
      { name: "control-plane", test: /@aws-sdk\/client-bedrock\// },
    ],
  },
  plugins: [asciiOnly(), noCycles()],
};

rmSync(path("dist"), { recursive: true, force: true });
const bundle = await rolldown(input);
const { output: files } = await bundle.write(output);
await bundle.close();
const modules = files.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
writeFileSync(path("dist/THIRD-PARTY-NOTICES"), noticesOf(modules));
