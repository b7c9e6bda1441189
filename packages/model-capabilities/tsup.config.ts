import { defineConfig } from "tsup";
import { library } from "../../tsup.base.ts";

export default defineConfig({
  ...library(["src/index.ts", "src/cli.ts"]),
  // What two entries share would be a file of its own, and everybody who imports the package would load two.
  esbuildPlugins: [
    {
      name: "cli-loads-index",
      setup: (build) => build.onResolve({ filter: /^\.\/index\.ts$/ }, () => ({ path: "./index.js", external: true })),
    },
  ],
});
