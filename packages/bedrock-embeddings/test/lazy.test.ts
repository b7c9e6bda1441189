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

it("loads no AWS SDK when it is imported", () => {
  const loaded = loadedBy(`await import("@clawrock/bedrock-embeddings");`);
  expect(loaded).toContain("bedrock-embeddings/src/index.ts");
  expect(loaded).not.toMatch(/node_modules\/(?:@aws-sdk|@smithy)\//u);
});

it("loads the AWS SDK with the first text", () => {
  const loaded = loadedBy(`
    const { createEmbedder } = await import("@clawrock/bedrock-embeddings");
    const { awsSession } = await import("@clawrock/aws-auth");
    const aws = awsSession({ region: "us-east-1", bearerToken: "t", endpoints: { "bedrock-runtime": "http://127.0.0.1:9" } });
    const signal = AbortSignal.timeout(2000);
    const embedder = createEmbedder({ aws, model: "amazon.titan-embed-text-v2:0" });
    await embedder.embed(["a"], { purpose: "query", signal }).catch(() => undefined);
  `);
  expect(loaded).toMatch(/node_modules\/@aws-sdk\/client-bedrock-runtime\//u);
});
