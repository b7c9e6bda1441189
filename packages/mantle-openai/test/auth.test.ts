import { awsSession } from "@clawrock/aws-auth";
import { startEmulator } from "@clawrock/bedrock-emulator";
import type { Message } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import { createMantle } from "../src/index.ts";
import { chunk, end, json, mantleServer, sse } from "./mantle-server.ts";

const MODEL = "openai.gpt-oss-120b";
const user = (content: string): Message => ({ role: "user", content, timestamp: 1 });

describe("a minted token", () => {
  it("that ends in the middle of a conversation is not noticed", async () => {
    let over = new Set<string>();
    const sent: string[] = [];
    await using server = await mantleServer((response, request) => {
      const { authorization = "" } = request.headers;
      sent.push(authorization);
      if (over.has(authorization)) {
        json(401, { error: { code: "invalid_api_key", message: "Invalid bearer token" } })(response, request);
      } else sse(chunk({ content: "Hi" }, "stop"), end)(response, request);
    });
    let keys = 0;
    const aws = awsSession({
      region: "us-east-1",
      env: {},
      endpoints: { "bedrock-mantle": server.url },
      credentials: async () => ({ accessKeyId: `AKIA${++keys}`, secretAccessKey: "abc", sessionToken: "t" }),
    });
    const mantle = createMantle({ aws, maxRetries: 0 });
    const messages: Message[] = [];
    for (let turn = 0; turn < 3; turn++) {
      messages.push(user("Say hi."));
      const events: string[] = [];
      const stream = mantle.stream({ model: MODEL, messages });
      for await (const { type } of stream) events.push(type);
      expect(events).toEqual(["start", "text_start", "text_delta", "text_end", "done"]);
      messages.push(await stream.result());
      over = new Set(sent);
    }
    expect(sent).toHaveLength(5);
    expect(new Set(sent).size).toBe(3);
  });

  it("is one for a hundred turns at once, and one again after all of them are refused", async () => {
    let refused = "";
    await using server = await mantleServer((response, request) => {
      const answer =
        request.headers.authorization === refused ? json(401, {}) : sse(chunk({ content: "a" }, "stop"), end);
      answer(response, request);
    });
    let asked = 0;
    const aws = awsSession({
      region: "us-east-1",
      env: {},
      endpoints: { "bedrock-mantle": server.url },
      credentials: async () => {
        asked += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { accessKeyId: `AKIA${asked}`, secretAccessKey: "abc" };
      },
    });
    const mantle = createMantle({ aws, maxRetries: 0 });
    const hundred = () =>
      Promise.all(Array.from({ length: 100 }, () => mantle.stream({ model: MODEL, messages: [user("Hi")] }).result()));
    for (const { stopReason } of await hundred()) expect(stopReason).toBe("stop");
    const tokens = new Set(server.requests.map(({ headers }) => headers.authorization));
    expect([tokens.size, asked, server.requests.length]).toEqual([1, 1, 100]);
    refused = [...tokens][0] ?? "";
    for (const { stopReason } of await hundred()) expect(stopReason).toBe("stop");
    expect(new Set(server.requests.map(({ headers }) => headers.authorization)).size).toBe(2);
    expect(asked).toBe(2);
  });

  it("is for the region of its own endpoint, where two endpoints are in two regions", async () => {
    const credentials = { accessKeyId: "AKIAX", secretAccessKey: "y" };
    const host = (service: string, region: string) => `https://vpce-0a1b2c3d.${service}.${region}.vpce.amazonaws.com`;
    const endpoints = {
      "bedrock-mantle": host("bedrock-mantle", "eu-west-1"),
      "bedrock-runtime": host("bedrock-runtime", "us-west-2"),
    };
    const aws = awsSession({ credentials, env: {}, endpoints });
    for (const [service, region] of [
      ["bedrock-mantle", "eu-west-1"],
      ["bedrock-runtime", "us-west-2"],
    ] as const) {
      const { token } = await aws.bearerToken({ service });
      const signed = Buffer.from(token.replace("bedrock-api-key-", ""), "base64").toString("utf8");
      expect(signed).toContain(`%2F${region}%2Fbedrock`);
      expect(aws.regionOf(service)).toBe(region);
    }
    const mantle = createMantle({ aws, auth: "sigv4" });
    expect((await mantle.client()).baseURL).toBe(`${endpoints["bedrock-mantle"]}/v1`);
  });

  it("of another region is told, and nothing is sent", async () => {
    const other = awsSession({
      region: "eu-west-1",
      credentials: { accessKeyId: "AKIAX", secretAccessKey: "y" },
      env: {},
    });
    const { token } = await other.bearerToken();
    await using server = await mantleServer(json(500, {}));
    const message = await server
      .mantle({ bearerToken: token })
      .stream({ model: MODEL, messages: [user("Hi")] })
      .result();
    expect(message).toMatchObject({ stopReason: "error", errorCode: "wrong-region" });
    expect(message.errorMessage).toContain("eu-west-1");
    expect(message.errorMessage).not.toContain(token);
    expect(server.requests).toHaveLength(0);
  });
});

describe("SigV4", () => {
  it.each([
    ["mantle", MODEL],
    ["runtime", MODEL],
    ["mantle", "anthropic.claude-opus-4-7"],
    ["mantle", "openai.gpt-5.5"],
  ] as const)("is taken by the service: at %s for %s", async (endpoint, model) => {
    const emulator = await startEmulator({ openAiEndpoint: endpoint });
    const { credentials, region, url } = emulator;
    const aws = awsSession({
      region,
      credentials,
      env: {},
      endpoints: { "bedrock-mantle": url, "bedrock-runtime": url },
    });
    const mantle = createMantle({ aws, endpoint, auth: "sigv4", maxRetries: 0, cache: false });
    const message = await mantle.stream({ model, messages: [user("Say hello.")] }).result();
    if (endpoint === "mantle") expect((await mantle.discoverModels()).models.length).toBeGreaterThan(0);
    await emulator.close();
    expect(message.errorMessage).toBeUndefined();
    expect(message.stopReason).toBe("stop");
  });

  it.each([
    ["mantle", "bedrock-mantle"],
    ["runtime", "bedrock"],
  ] as const)("at %s is for the service %s", async (endpoint, service) => {
    await using server = await mantleServer(sse(chunk({ content: "Hi" }, "stop"), end));
    const endpoints = { "bedrock-mantle": server.url, "bedrock-runtime": server.url };
    const credentials = { accessKeyId: "AKIAX", secretAccessKey: "y" };
    const aws = awsSession({ region: "us-east-1", credentials, env: {}, endpoints });
    const mantle = createMantle({ aws, endpoint, auth: "sigv4", maxRetries: 0 });
    expect((await mantle.stream({ model: MODEL, messages: [user("Hi")] }).result()).stopReason).toBe("stop");
    expect(server.requests[0]?.headers.authorization).toContain(`/us-east-1/${service}/aws4_request`);
  });

  it("signs with fresh credentials after the key was refused", async () => {
    await using server = await mantleServer(
      json(
        403,
        { message: "The security token included in the request is expired" },
        {
          "x-amzn-errortype": "ExpiredTokenException",
        },
      ),
      sse(chunk({ content: "Hi" }, "stop"), end),
    );
    let keys = 0;
    const aws = awsSession({
      region: "us-east-1",
      env: {},
      endpoints: { "bedrock-mantle": server.url },
      credentials: async () => ({ accessKeyId: `AKIA${++keys}`, secretAccessKey: "abc", sessionToken: "t" }),
    });
    const mantle = createMantle({ aws, auth: "sigv4", maxRetries: 1 });
    expect(await mantle.stream({ model: MODEL, messages: [user("Hi")] }).result()).toMatchObject({
      stopReason: "stop",
    });
    const keysSent = server.requests.map(({ headers }) => /Credential=(\w+)/u.exec(headers.authorization ?? "")?.[1]);
    expect(keysSent).toEqual(["AKIA1", "AKIA2"]);
  });

  it("says that a bearer token signs nothing", async () => {
    await using server = await mantleServer(json(500, {}));
    const message = await server
      .mantle({ auth: "sigv4" })
      .stream({ model: MODEL, messages: [user("Hi")] })
      .result();
    expect(message.stopReason).toBe("error");
    expect(message.errorMessage).toMatch(/signs nothing/u);
    expect(server.requests).toHaveLength(0);
  });
});

describe("headers of the caller", () => {
  it.each(["Authorization", "X-Amz-Security-Token", "x-api-key", "Host"])("may not set %s", async (name) => {
    await using server = await mantleServer(json(500, {}));
    const headers = { [name]: "of-somebody" };
    const message = await server
      .mantle()
      .stream({ model: MODEL, messages: [user("Hi")] }, { headers })
      .result();
    expect(message).toMatchObject({ stopReason: "error", errorCode: "invalid-config" });
    expect(message.errorMessage).toContain(name);
    expect(server.requests).toHaveLength(0);
  });

  it("do not name a guardrail at Mantle, which would ignore it", async () => {
    await using server = await mantleServer(json(500, {}));
    const headers = { "X-Amzn-Bedrock-GuardrailIdentifier": "abc" };
    const message = await server
      .mantle()
      .stream({ model: MODEL, messages: [user("Hi")] }, { headers })
      .result();
    expect(message.errorMessage).toContain('Use endpoint "runtime"');
    expect(server.requests).toHaveLength(0);
  });
});
