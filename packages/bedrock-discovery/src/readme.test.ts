import { readFileSync } from "node:fs";
import { awsSession } from "@clawrock/aws-auth";
import { startEmulator } from "@clawrock/bedrock-emulator";
import { createDiscoveryCache } from "@clawrock/discovery-cache";
import { expect, it } from "vitest";
import { createModelDiscovery } from "./create-model-discovery.ts";
import { discoverModels } from "./discover-models.ts";

it("runs the example of the README", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const example = /```ts\n(?<code>.*?)```/su.exec(readme)?.groups?.["code"] ?? "";
  const { url, region, credentials, close } = await startEmulator();
  const session = () => awsSession({ credentials, region, endpoints: { bedrock: url } });
  const printed: unknown[][] = [];
  const run = new Function(
    ...["awsSession", "createModelDiscovery", "discoverModels", "createDiscoveryCache", "console"],
    `return (async () => { ${example.replace(/^import .*$/gmu, "")} })();`,
  );
  const log = (...words: unknown[]): unknown => printed.push(words);
  await run(session, createModelDiscovery, discoverModels, createDiscoveryCache, { log, warn: log });
  expect(printed[0]).toEqual([expect.stringContaining("global."), expect.any(String), expect.any(Number)]);
  expect(printed.at(-1)).toEqual([expect.any(Number), "loaded", undefined]);
  await close();
});
