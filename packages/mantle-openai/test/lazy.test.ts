import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";

const home = path.resolve(import.meta.dirname, "..");

/** Runs code in a fresh process and gives the files it loaded. */
function loadedBy(code: string): string {
  const listing = `
    import { registerHooks } from "node:module";
    registerHooks({ load: (url, context, next) => (console.log(url), next(url, context)) });
    ${code}
  `;
  const options = ["--conditions=@clawrock/source", "--input-type=module", "--eval", listing];
  return execFileSync(process.execPath, options, { cwd: home, encoding: "utf8" });
}

it("loads neither the openai client nor an AWS SDK when it is imported", () => {
  const loaded = loadedBy(`await import("@clawrock/mantle-openai");`);
  expect(loaded).toContain("mantle-openai/src/index.ts");
  expect(loaded).not.toMatch(/node_modules\/(?:openai|@aws-sdk|@smithy)\//u);
});

it("loads the openai client with the first client, and no signer for a token", () => {
  const loaded = loadedBy(`
    const { createMantle } = await import("@clawrock/mantle-openai");
    const aws = { regionOf: () => "us-east-1", endpoint: () => "http://127.0.0.1:9" };
    await createMantle({ aws }).client();
  `);
  expect(loaded).toMatch(/node_modules\/openai\//u);
  expect(loaded).not.toMatch(/node_modules\/(?:@smithy\/signature-v4|@aws-sdk\/credential-provider-node)\//u);
});
