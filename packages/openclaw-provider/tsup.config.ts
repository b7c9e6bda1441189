import { defineConfig } from "tsup";

// The declarations alone; scripts/bundle makes the code.
export default defineConfig({
  entry: { index: "src/index.types.ts" },
  format: "esm",
  dts: {
    only: true,
    // Inlined, because nobody who installs the plugin has it.
    compilerOptions: { paths: { "@clawrock/conversation": ["../conversation/src/index.ts"] } },
  },
});
