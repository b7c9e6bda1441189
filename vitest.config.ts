import { defineConfig } from "vitest/config";

// Tests run straight from source: the "@clawrock/source" condition of each package's exports. Never add "module" here:
// it selects the AWS SDK's dist-es, which Node cannot load.
const conditions = ["@clawrock/source", "node"];
const run = { resolve: { conditions }, ssr: { resolve: { conditions, externalConditions: conditions } } };

export default defineConfig({
  ...run,
  test: {
    projects: [
      {
        ...run,
        test: {
          name: "packages",
          include: ["packages/*/{src,test}/**/*.test.ts"],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...run,
        test: { name: "apps", include: ["apps/*/{src,test}/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        ...run,
        test: { name: "house", include: ["scripts/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
      },
    ],
  },
});
