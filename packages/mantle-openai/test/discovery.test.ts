import { awsSession } from "@clawrock/aws-auth";
import { describe, expect, it } from "vitest";
import { createMantle } from "../src/index.ts";
import { closedUrl, json, mantleServer } from "./mantle-server.ts";

const list = (...ids: unknown[]) => ({ object: "list", data: ids.map((id) => ({ id, object: "model" })) });

describe("discoverModels", () => {
  it("sorts the list, drops what has no id, and joins capabilities", async () => {
    const body = list("openai.gpt-oss-120b", "acme.new-1", "openai.gpt-oss-120b", "", 7);
    await using server = await mantleServer(json(200, body));
    const { models, unavailable } = await server.mantle().discoverModels();
    expect(unavailable).toBeUndefined();
    expect(models.map(({ id }) => id)).toEqual(["acme.new-1", "openai.gpt-oss-120b"]);
    expect(models[1]?.capabilities).toMatchObject({ family: "gpt-oss", reasoning: { value: { mode: "effort" } } });
    expect(server.requests[0]).toMatchObject({ method: "GET", path: "/v1/models" });
    expect(server.requests[0]?.headers.authorization).toMatch(/^Bearer /u);
  });

  const megabytes = (count: number) => json(200, `{"data":[],"pad":"${"x".repeat(count * 1024 * 1024)}"}`);
  const latin1 = json(200, "");
  it.each([
    ["an empty list", json(200, list()), /lists no models in us-east-1/u],
    ["no data array", json(200, { models: [] }), /no `data` array/u],
    ["a list that is not JSON", json(200, "{oops"), /is not JSON/u],
    ["a list over 4 MiB", megabytes(5), /larger than 4194304 bytes/u],
    ["a web page", json(200, "<!doctype html>…", { "content-type": "text/html" }), /a web page \(status 200\)/u],
    ["a refused token", json(403, { message: "nope" }), /nope/u],
    ["an outage", json(503, { message: "Service Unavailable" }), /Service Unavailable/u],
    [
      "bytes that are not UTF-8",
      ((response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]));
      }) satisfies typeof latin1,
      /not valid UTF-8/u,
    ],
  ] as const)("tells %s as the reason that there are no models", async (_, answer, reason) => {
    await using server = await mantleServer(answer);
    const { models, unavailable } = await server.mantle().discoverModels();
    expect(models).toEqual([]);
    expect(unavailable).toMatch(reason);
    expect(unavailable).not.toMatch(/\n/u);
  });

  it("accepts a list just under 4 MiB", async () => {
    const body = JSON.stringify({ ...list("a.b"), pad: "x".repeat(4 * 1024 * 1024 - 100) });
    await using server = await mantleServer(json(200, body));
    expect((await server.mantle().discoverModels()).models).toHaveLength(1);
  });

  it("gives up on a list that does not arrive in time", async () => {
    await using server = await mantleServer((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"data": [');
    });
    const { unavailable, error } = await server.mantle({ discoveryTimeoutMs: 1500 }).discoverModels();
    expect(unavailable).toContain("did not arrive within 1.5 seconds");
    expect(error?.kind).toBe("timeout");
    await server.disconnected();
  });

  it("rejects as aborted when the caller aborts, and closes the socket", async () => {
    await using server = await mantleServer(() => undefined);
    const abort = new AbortController();
    const discovery = server.mantle().discoverModels({ signal: abort.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    abort.abort();
    await expect(discovery).rejects.toMatchObject({ kind: "aborted" });
    await server.disconnected();
  });

  it("says that nothing listens, without throwing", async () => {
    const endpoints = { "bedrock-mantle": await closedUrl() };
    const aws = awsSession({ region: "us-east-1", bearerToken: "t", env: {}, endpoints });
    const { unavailable, error } = await createMantle({ aws, maxRetries: 0, cache: false }).discoverModels();
    expect(error?.kind).toBe("unreachable");
    expect(unavailable).toContain("could not reach");
  });

  it("sends nothing at the runtime endpoint, which has no list", async () => {
    await using server = await mantleServer(json(200, list("a.b")));
    const { models, unavailable } = await server.mantle({ endpoint: "runtime" }).discoverModels();
    expect(models).toEqual([]);
    expect(unavailable).toContain("no model list");
    expect(server.requests).toHaveLength(0);
  });
});
