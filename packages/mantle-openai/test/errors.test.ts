import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { awsSession } from "@clawrock/aws-auth";
import type { AssistantMessage, Message } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import { createMantle } from "../src/index.ts";
import { chunk, closedUrl, end, json, mantleServer, sse } from "./mantle-server.ts";

const MODEL = "openai.gpt-oss-120b";
const messages: Message[] = [{ role: "user", content: "Hi", timestamp: 1 }];

async function answerTo(...answers: Parameters<typeof mantleServer>): Promise<AssistantMessage> {
  await using server = await mantleServer(...answers);
  const events: string[] = [];
  const stream = server.mantle().stream({ model: MODEL, messages });
  for await (const { type } of stream) events.push(type);
  expect(events.filter((type) => type === "done" || type === "error")).toEqual(["error"]);
  return await stream.result();
}

const openAiError = (message: string, code: string) => ({
  error: { code, message, param: null, type: "invalid_request_error" },
});

describe("an answer that is an error", () => {
  it.each([
    [
      401,
      openAiError("Invalid bearer token", "invalid_api_key"),
      "invalid-credentials",
      "Invalid bearer token (invalid_api_key)",
    ],
    [401, openAiError("The security token included in the request is expired", "x"), "expired-credentials", "expired"],
    [
      403,
      { Message: "User: arn:aws:iam::1:user/a is not authorized to perform: bedrock-mantle:CreateInference" },
      "access-denied",
      "CreateInference",
    ],
    [403, { message: "Bearer Token has expired" }, "expired-credentials", "Bearer Token has expired"],
    [404, openAiError(`The model '${MODEL}' does not exist`, "model_not_found"), "model-not-found", "does not exist"],
    [
      400,
      openAiError("This model's maximum context length is 131072 tokens. However…", "context_length_exceeded"),
      "context-overflow",
      "maximum context length",
    ],
    [
      429,
      openAiError("Too many requests, please wait before trying again.", "rate_limit_exceeded"),
      "throttled",
      "Too many requests",
    ],
    [500, openAiError("The server had an error", "server_error"), "overloaded", "The server had an error"],
    [503, { message: "Too many connections, please wait before trying again." }, "overloaded", "Too many connections"],
  ] as const)("%i %j is %s", async (status, body, kind, said) => {
    const list = json(200, { data: [] });
    const message = await answerTo(json(status, body, { "x-amzn-requestid": "id-7" }), list);
    expect(message.errorCode).toBe(kind);
    expect(message.errorMessage).toContain(`Chat with ${MODEL} at /v1`);
    expect(message.errorMessage).toContain(said);
    expect(message.errorMessage).toContain("id-7");
    expect(message.errorMessage).not.toMatch(/[\r\n]|bedrock-api-key/u);
  });

  it("names the web page of a proxy", async () => {
    const page = json(502, "<html><body>Bad gateway</body></html>", { "content-type": "text/html" });
    const message = await answerTo(page);
    expect(message.errorCode).toBe("unreachable");
    expect(message.errorMessage).toContain("a web page (status 502) instead of an API answer");
  });

  it("names a web page that comes with status 200", async () => {
    const message = await answerTo(json(200, "<html>Sign in</html>", { "content-type": "text/html; charset=utf-8" }));
    expect(message).toMatchObject({ errorCode: "protocol" });
    expect(message.errorMessage).toContain("a web page (status 200)");
  });
});

describe("a stream that breaks", () => {
  it.each([
    [
      "a frame of AWS without choices",
      { message: "Bedrock is unable to process your request." },
      /unable to process/u,
      undefined,
    ],
    ["an error object", { error: { message: "slow down", type: "rate_limit_error" } }, /slow down/u, "throttled"],
    [
      "an error event",
      'event: error\ndata: {"message":"Too many tokens per day, please wait"}\n\n',
      /per day/u,
      "quota-exhausted",
    ],
    [
      "an event name behind its data",
      'data: {"error":{"message":"overloaded","type":"server_error"}}\nevent: error\n\n',
      /overloaded/u,
      "overloaded",
    ],
    ["text that is not JSON", "data: {oops\n\n", /not JSON/u, "protocol"],
  ])("tells %s as the error it is and keeps the text so far", async (_, frame, said, kind) => {
    const message = await answerTo(sse(chunk({ content: "so far" }), frame, end));
    expect(message.errorMessage).toMatch(said);
    if (kind) expect(message.errorCode).toBe(kind);
    expect(message.content).toEqual([{ type: "text", text: "so far" }]);
  });

  it.each([
    ["ends without a finish_reason", sse(chunk({ content: "so far" }), end)],
    [
      "is cut",
      (response: import("node:http").ServerResponse) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(`data: ${JSON.stringify(chunk({ content: "so far" }))}\n\n`, () => response.destroy());
      },
    ],
  ])("%s", async (_, answer) => {
    const message = await answerTo(answer);
    expect(message.stopReason).toBe("error");
    expect(["protocol", "unreachable"]).toContain(message.errorCode);
    expect(message.content).toEqual([{ type: "text", text: "so far" }]);
  });

  it("withholds every tool call when the input of one is not JSON", async () => {
    const call = (index: number, input: string) =>
      chunk({ tool_calls: [{ index, id: `id-${index}`, function: { name: "f", arguments: input } }] });
    const message = await answerTo(sse(call(0, "{}"), call(1, '{"a":'), chunk({}, "tool_calls"), end));
    expect(message).toMatchObject({ errorCode: "protocol", content: [] });
  });
});

describe("the bearer token", () => {
  it("is asked for anew after a 401 and the request sent once more", async () => {
    const answer = sse(chunk({ content: "Hi" }, "stop"), end);
    await using server = await mantleServer(json(401, openAiError("Invalid bearer token", "invalid_api_key")), answer);
    const session = awsSession({
      region: "us-east-1",
      bearerToken: "unused",
      env: {},
      endpoints: { "bedrock-mantle": server.url },
    });
    let tokens = 1;
    const aws = {
      ...session,
      region: session.region,
      endpoint: session.endpoint.bind(session),
      regionOf: session.regionOf.bind(session),
      bearerToken: async (options?: { fresh?: boolean | undefined }) => {
        if (options?.fresh) tokens += 1;
        return { token: `token-${tokens}`, expiresAt: undefined };
      },
    };
    const message = await createMantle({ aws, maxRetries: 0 }).stream({ model: MODEL, messages }).result();
    expect(message.stopReason).toBe("stop");
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer token-1", "Bearer token-2"]);
    expect(server.requests[1]?.body).toEqual(server.requests[0]?.body);
  });

  it("is not sent twice when it is the only one there is", async () => {
    await using server = await mantleServer(json(401, openAiError("Invalid bearer token", "invalid_api_key")));
    await server.mantle().stream({ model: MODEL, messages }).result();
    expect(server.requests).toHaveLength(1);
  });

  it("is never carried along by a redirect", async () => {
    const seen: unknown[] = [];
    const elsewhere = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const { port } = elsewhere.address() as AddressInfo;
    const location = `http://127.0.0.1:${port}/login?next=secret`;
    for (const status of [301, 302, 307, 308]) {
      const message = await answerTo(json(status, "", { location }));
      expect(message.errorCode).toBe("protocol");
      expect(message.errorMessage).toContain(`a redirect (${status}) to 127.0.0.1:${port}, which is not followed`);
      expect(message.errorMessage).not.toContain("secret");
    }
    elsewhere.close();
    expect(seen).toEqual([]);
  });

  it("does not go out when no credentials can be found, and the stream says so", async () => {
    await using server = await mantleServer(json(500, {}));
    const missing = { AWS_CONFIG_FILE: "/nonexistent", AWS_SHARED_CREDENTIALS_FILE: "/nonexistent" };
    const aws = awsSession({
      region: "us-east-1",
      env: missing,
      endpoints: { "bedrock-mantle": server.url },
      credentials: () =>
        Promise.reject(Object.assign(new Error("no credentials here"), { name: "CredentialsProviderError" })),
    });
    const message = await createMantle({ aws, maxRetries: 0 }).stream({ model: MODEL, messages }).result();
    expect(message).toMatchObject({ stopReason: "error", errorCode: "no-credentials" });
    expect(server.requests).toHaveLength(0);
  });
});

it("says that nothing listens at the endpoint", async () => {
  const aws = awsSession({
    region: "us-east-1",
    bearerToken: "t",
    env: {},
    endpoints: { "bedrock-mantle": await closedUrl() },
  });
  const message = await createMantle({ aws, maxRetries: 0 }).stream({ model: MODEL, messages }).result();
  expect(message).toMatchObject({ stopReason: "error", errorCode: "unreachable" });
});
