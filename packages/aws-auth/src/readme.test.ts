import { readFileSync } from "node:fs";
import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { expect, it } from "vitest";
import { cleanEnvironment, setEnv } from "../test/clean-environment.ts";
import { localServer, noModels } from "../test/local-server.ts";
import { awsSession } from "./session.ts";

cleanEnvironment();

it("runs the example of the README", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const example = /```ts\n(?<code>.*?)```/su.exec(readme)?.groups?.["code"] ?? "";
  const body = example.replace(/^import .*$/gmu, "");
  const server = await localServer(noModels);
  setEnv({
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: "AKIA",
    AWS_SECRET_ACCESS_KEY: "abc",
    AWS_REGION: "eu-west-1",
  });
  const printed: unknown[] = [];
  const run = new Function(
    ...["awsSession", "BedrockClient", "ListFoundationModelsCommand", "console"],
    `return (async () => { ${body}; return { token, expiresAt }; })();`,
  );
  const log = { log: (value: unknown) => printed.push(value) };
  const { token, expiresAt } = await run(awsSession, BedrockClient, ListFoundationModelsCommand, log);
  expect(printed[0]).toEqual({ name: "eu-west-1", source: "AWS_REGION" });
  expect(printed[1]).toMatchObject({ kind: "env" });
  expect(printed[2]).toBe(0);
  expect(token).toMatch(/^bedrock-api-key-/u);
  expect(expiresAt).toBeInstanceOf(Date);
  await server.close();
});
