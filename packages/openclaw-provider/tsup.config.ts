import { defineConfig } from "tsup";
import { leanHttp } from "./scripts/lean-http.ts";
import { namedExports } from "./scripts/named-exports.ts";
import { thirdPartyNotices } from "./scripts/third-party-notices.ts";

// One plugin without dependencies: the host then needs no registry to install it. The AWS SDK lands in chunks of its own
// that the first call loads.
export default defineConfig({
  entry: ["src/index.ts", "src/doctor-contract-api.ts"],
  format: "esm",
  platform: "node",
  target: "node24",
  splitting: true,
  clean: true,
  noExternal: [/.*/u],
  dts: {
    entry: { index: "src/index.types.ts" },
    // Inlined, because nobody who installs the plugin has it.
    compilerOptions: { paths: { "@clawrock/conversation": ["../conversation/src/index.ts"] } },
  },
  esbuildOptions(options) {
    // Our packages from source, so that only the files in use are bundled; everybody else's ES modules likewise.
    options.conditions = ["@clawrock/source", "module"];
    options.mainFields = ["module", "main"];
    // The proxy agents log by it; loading it would fail, and with it every call behind a proxy.
    options.alias = { debug: "./scripts/quiet-debug.cjs" };
  },
  plugins: [leanHttp()],
  esbuildPlugins: [namedExports(["@aws/bedrock-token-generator"]), thirdPartyNotices("dist/THIRD-PARTY-NOTICES")],
});
