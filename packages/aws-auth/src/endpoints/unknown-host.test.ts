import { lookup } from "node:dns/promises";
import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { beforeEach, expect, it } from "vitest";
import { cleanEnvironment, setEnv } from "../../test/clean-environment.ts";
import { awsSession } from "../session.ts";
import type { AwsSession, SharedRequestHandler } from "../types.ts";
import { namingRegion } from "./unknown-host.ts";

cleanEnvironment();

beforeEach(() => {
  for (const name of ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"]) setEnv({ [name]: "", [name.toLowerCase()]: "" });
});

const credentials = { accessKeyId: "AKIA", secretAccessKey: "abc" };
const list = (session: AwsSession) =>
  new BedrockClient(session.clientConfig("bedrock")).send(new ListFoundationModelsCommand({}));

/** What a resolver says of a name that does not exist, on whatever network the test runs. */
function unresolved(hostname: string): Error {
  const error = new Error(`getaddrinfo ENOTFOUND ${hostname}`);
  return Object.assign(error, { code: "ENOTFOUND", syscall: "getaddrinfo", hostname });
}

async function failure(hostname: string, error: Error): Promise<unknown> {
  const handler = awsSession({ credentials }).clientConfig("bedrock").requestHandler;
  const failing: SharedRequestHandler = Object.assign(Object.create(handler), { handle: () => Promise.reject(error) });
  const named = namingRegion(failing, () => ({ name: "eu-moon-1", source: "AWS_REGION" }));
  const { HttpRequest } = await import("@smithy/protocol-http");
  return named.handle(new HttpRequest({ hostname })).catch((thrown: unknown) => thrown);
}

// Some resolvers answer for every name, or for none.
const { code } = await lookup("bedrock.eu-moon-1.amazonaws.com").then(
  () => ({ code: "found" }),
  (error: NodeJS.ErrnoException) => error,
);

it.skipIf(code !== "ENOTFOUND")(
  "a region that does not exist is named with its source at the first call, and what to do",
  async () => {
    setEnv({ AWS_REGION: "eu-moon-1" });
    const session = awsSession({ credentials });
    for (const call of [() => list(session), () => session.fetch(`${session.endpoint("bedrock-mantle")}/v1/models`)]) {
      const error = await call().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        kind: "unreachable",
        problem: expect.stringContaining("no AWS region eu-moon-1 (AWS_REGION)"),
        fix: expect.stringContaining("Choose a region where Bedrock is offered"),
      });
    }
    session.close();
  },
);

it("is told of FIPS and dual-stack hosts and of every partition", async () => {
  for (const hostname of ["bedrock-runtime-fips.eu-moon-1.api.aws", "bedrock.eu-moon-1.amazonaws.com.cn"]) {
    const error = await failure(hostname, unresolved(hostname));
    expect(error).toMatchObject({ message: expect.stringContaining(`The host ${hostname} does not exist`) });
  }
});

it("names no source for a host of another region than the view's", async () => {
  const hostname = "bedrock.eu-mars-1.amazonaws.com";
  const error = await failure(hostname, unresolved(hostname));
  expect(error).toMatchObject({ message: expect.stringContaining("no AWS region eu-mars-1, Bedrock") });
});

it.each([
  ["bedrock.example.com", unresolved("bedrock.example.com")],
  ["vpce-1-a.bedrock.eu-moon-1.vpce.amazonaws.com", unresolved("vpce-1-a.bedrock.eu-moon-1.vpce.amazonaws.com")],
  ["bedrock.eu-moon-1.amazonaws.com", unresolved("proxy.example.com")],
  ["bedrock.eu-moon-1.amazonaws.com", Object.assign(new Error("refused"), { code: "ECONNREFUSED" })],
])("leaves the failure of %s as it is where the region is not to blame", async (hostname, error) => {
  expect(await failure(hostname, error)).toBe(error);
});
