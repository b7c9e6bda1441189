import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { awsSession } from "@clawrock/aws-auth";
import type { Message } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import { createMantle } from "../src/index.ts";
import { chunk, end, json, mantleServer, sse } from "./mantle-server.ts";

const messages: Message[] = [{ role: "user", content: "Hi", timestamp: 1 }];
const refused = (message: string) =>
  json(400, { error: { code: "validation_error", message, param: null, type: "invalid_request_error" } });
const wrongRoute = refused("model `acme.mystery-1` isn't supported on this route");
const noChat = refused("The model 'acme.mystery-1' does not support the '/v1/chat/completions' API");
const chatAnswer = sse(chunk({ content: "Hello" }, "stop"), end);
const response = { id: "resp_1", status: "completed", output: [] };
const responsesAnswer = sse(
  { type: "response.created", response: { id: "resp_1" } },
  { type: "response.output_text.delta", output_index: 0, content_index: 0, delta: "Hello" },
  { type: "response.completed", response },
);

const data = path.join(
  process.env["CLAWROCK_SHARED_DATA"] ?? path.resolve(import.meta.dirname, "../../../../shared/data"),
  "control-plane",
);
const table = existsSync(data) ? readdirSync(data).find((file) => file.startsWith("availability")) : undefined;

describe.skipIf(!table)("the availability table", () => {
  it("has each model of Mantle's at an API that ours goes to", () => {
    const rows = JSON.parse(readFileSync(path.join(data, table ?? ""), "utf8")) as Record<
      string,
      { readonly mantle_apis?: readonly string[] }
    >;
    const names: Readonly<Record<string, string>> = {
      chat: "completions",
      responses: "responses",
      messages: "messages",
    };
    const mantle = createMantle({ aws: awsSession({ region: "us-east-1", bearerToken: "t", env: {} }) });
    const served = Object.entries(rows).filter(([, row]) => row.mantle_apis);
    expect(served.length).toBeGreaterThan(50);
    for (const [id, { mantle_apis: apis }] of served) {
      const { api, from } = mantle.route(id);
      expect(apis, id).toContain(names[api]);
      expect(from, id).toBe("record");
    }
  });
});

describe("a refused route", () => {
  it("is answered by the right one, once, and remembered", async () => {
    await using server = await mantleServer(wrongRoute, chatAnswer);
    const mantle = server.mantle();
    expect(mantle.route("acme.mystery-1")).toMatchObject({ path: "/v1", api: "chat", from: "assumed" });
    const answers = [
      await mantle.stream({ model: "acme.mystery-1", messages }).result(),
      await mantle.stream({ model: "acme.mystery-1", messages }).result(),
    ];
    for (const answer of answers) expect(answer).toMatchObject({ stopReason: "stop", api: "openai-completions" });
    expect(server.requests.map((request) => request.path)).toEqual([
      "/v1/chat/completions",
      "/openai/v1/chat/completions",
      "/openai/v1/chat/completions",
    ]);
    expect(mantle.route("acme.mystery-1")).toMatchObject({ path: "/openai/v1", api: "chat", from: "learned" });
  });

  it("and then a refused API lead to responses", async () => {
    await using server = await mantleServer(wrongRoute, noChat, responsesAnswer);
    const mantle = server.mantle();
    const events: string[] = [];
    const stream = mantle.stream({ model: "acme.mystery-1", messages });
    for await (const { type } of stream) events.push(type);
    expect(events).toEqual(["start", "text_start", "text_delta", "text_end", "done"]);
    expect(await stream.result()).toMatchObject({ api: "openai-responses", content: [{ text: "Hello" }] });
    expect(server.requests.map((request) => request.path)).toEqual([
      "/v1/chat/completions",
      "/openai/v1/chat/completions",
      "/openai/v1/responses",
    ]);
    expect(server.requests[2]?.body).toMatchObject({ input: [{ role: "user", content: "Hi" }], store: false });
  });

  it("of all routes ends with the first refusal, and nothing is tried twice", async () => {
    await using server = await mantleServer(wrongRoute);
    const answer = await server.mantle().stream({ model: "acme.mystery-1", messages }).result();
    expect(answer).toMatchObject({ stopReason: "error", errorCode: "invalid-request" });
    expect(answer.errorMessage).toContain("isn't supported on this route");
    const paths = server.requests.map((request) => request.path);
    expect(paths).toEqual(["/v1/chat/completions", "/openai/v1/chat/completions", "/anthropic/v1/messages"]);
  });

  it("is not corrected against the caller's own choice", async () => {
    await using server = await mantleServer(wrongRoute);
    await server.mantle().stream({ model: "acme.mystery-1", api: "responses", messages }).result();
    const routes = { "acme.mystery-1": { path: "/openai/v1" } } as const;
    await server.mantle({ routes }).stream({ model: "acme.mystery-1", messages }).result();
    const paths = server.requests.map((request) => request.path);
    expect(paths).toEqual(["/v1/responses", "/openai/v1/chat/completions"]);
  });

  it("is no correction for any other refusal", async () => {
    await using server = await mantleServer(refused("messages: unexpected"));
    const answer = await server.mantle().stream({ model: "acme.mystery-1", messages }).result();
    expect(answer.errorMessage).toContain("messages: unexpected");
    expect(server.requests).toHaveLength(1);
  });
});

describe("route", () => {
  const aws = (region: string) => awsSession({ region, bearerToken: "t", env: {} });

  it.each([
    ["us-east-1", "https://bedrock-mantle.us-east-1.api.aws", "https://bedrock-runtime.us-east-1.amazonaws.com"],
    [
      "xx-nowhere-9",
      "https://bedrock-mantle.xx-nowhere-9.api.aws",
      "https://bedrock-runtime.xx-nowhere-9.amazonaws.com",
    ],
    [
      "us-gov-west-1",
      "https://bedrock-mantle.us-gov-west-1.api.aws",
      "https://bedrock-runtime.us-gov-west-1.amazonaws.com",
    ],
    [
      "cn-north-1",
      "https://bedrock-mantle.cn-north-1.api.amazonwebservices.com.cn",
      "https://bedrock-runtime.cn-north-1.amazonaws.com.cn",
    ],
    [
      "eusc-de-east-1",
      "https://bedrock-mantle.eusc-de-east-1.api.amazonwebservices.eu",
      "https://bedrock-runtime.eusc-de-east-1.amazonaws.eu",
    ],
    [
      "us-iso-east-1",
      "https://bedrock-mantle.us-iso-east-1.api.aws.ic.gov",
      "https://bedrock-runtime.us-iso-east-1.c2s.ic.gov",
    ],
  ])("is in %s at the partition's hosts, and the client takes them", async (region, mantleHost, runtimeHost) => {
    for (const [endpoint, host] of [
      ["mantle", mantleHost],
      ["runtime", runtimeHost],
    ] as const) {
      const mantle = createMantle({ aws: aws(region), endpoint });
      const family = endpoint === "mantle" ? "/v1" : "/openai/v1";
      expect(mantle.route("openai.gpt-oss-120b").baseUrl).toBe(host + family);
      expect(mantle.route("anthropic.claude-opus-4-7").baseUrl).toBe(`${host}/anthropic/v1`);
      expect((await mantle.client("openai.gpt-oss-120b")).baseURL).toBe(host + family);
    }
  });

  it.each([
    "https://vpce-0123456789abcdef0-abcdefgh.bedrock-mantle.eu-west-1.vpce.amazonaws.com",
    "https://llm.example.com/bedrock",
  ])("keeps the custom host %s", async (url) => {
    const session = awsSession({
      region: "eu-west-1",
      bearerToken: "t",
      env: {},
      endpoints: { "bedrock-mantle": url },
    });
    const mantle = createMantle({ aws: session });
    expect(mantle.route("openai.gpt-5.5")).toMatchObject({ baseUrl: `${url}/openai/v1`, api: "responses" });
    expect((await mantle.client("openai.gpt-5.5")).baseURL).toBe(`${url}/openai/v1`);
  });

  it("takes an API's own path, and a path's own API", () => {
    const mantle = createMantle({
      aws: aws("us-east-1"),
      routes: { a: { api: "messages" }, b: { path: "/anthropic/v1" }, c: { api: "responses", path: "/openai/v1" } },
    });
    expect(mantle.route("a")).toMatchObject({ path: "/anthropic/v1", api: "messages", from: "override" });
    expect(mantle.route("b")).toMatchObject({ path: "/anthropic/v1", api: "messages" });
    expect(mantle.route("c")).toMatchObject({ path: "/openai/v1", api: "responses" });
  });
});
