import { request } from "node:http";
import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterEach, describe, expect, it } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../src/index.ts";
import { ask, controlClient, novaMicro, runtimeClient } from "./clients.ts";

let emulator: Emulator | undefined;
afterEach(() => emulator?.close());

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  emulator = await startEmulator(options);
  return emulator;
}

async function drain(client: BedrockRuntimeClient): Promise<string[]> {
  const seen: string[] = [];
  const answer = await client.send(new ConverseStreamCommand({ modelId: novaMicro, messages: ask("Count to 200") }));
  for await (const event of answer.stream ?? []) seen.push(Object.keys(event)[0] ?? "");
  return seen;
}

function withHeader(target: Emulator, fault: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${target.url}/model/${novaMicro}/converse-stream`, {
    method: "POST",
    headers: { authorization: `Bearer ${target.bearerToken}`, "x-emulator-fault": fault },
    body: JSON.stringify({ messages: ask("Count to 50") }),
    ...(signal && { signal }),
  });
}

/** The bytes that arrive before the connection is lost; fetch would throw them away. */
function bytesUntilLost(target: Emulator, fault: string): Promise<{ bytes: number; complete: boolean }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${target.url}/model/${novaMicro}/converse-stream`, {
      method: "POST",
      headers: { authorization: `Bearer ${target.bearerToken}`, "x-emulator-fault": fault },
    });
    sent.on("error", reject);
    sent.on("response", (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on("error", () => undefined);
      answer.on("close", () => resolve({ bytes, complete: answer.complete }));
    });
    sent.end(JSON.stringify({ messages: ask("Count to 50") }));
  });
}

describe("faults", () => {
  it("come in the order of the script, and a client that retries gets through", async () => {
    const target = await start({
      faults: [
        { kind: "error", type: "ThrottlingException", message: "Too many requests, please wait before trying again." },
        { kind: "error", type: "ServiceUnavailableException", message: "Bedrock is unable to process your request." },
      ],
    });
    const client = new BedrockRuntimeClient({
      endpoint: target.url,
      region: target.region,
      credentials: target.credentials,
      maxAttempts: 3,
    });
    const answer = await client.send(new ConverseCommand({ modelId: novaMicro, messages: ask("Hello") }));
    expect(answer.$metadata.attempts).toBe(3);
    expect(target.requests.map((request) => request.status)).toEqual([429, 503, 200]);
  });

  it("can be asked for by a header", async () => {
    const target = await start();
    const throttled = await withHeader(target, "throttle-daily");
    expect([throttled.status, throttled.headers.get("x-amzn-errortype")]).toEqual([
      429,
      "ThrottlingException:http://internal.amazon.com/coral/com.amazon.bedrock/",
    ]);
    expect(await throttled.json()).toEqual({ message: "Too many tokens per day, please wait before trying again." });
    expect((await withHeader(target, "nonsense")).status).toBe(400);
    const began = performance.now();
    expect((await withHeader(target, "latency=120")).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(110);
  });

  it("cut a stream at a byte", async () => {
    const target = await start();
    expect(await bytesUntilLost(target, "cut=700")).toEqual({ bytes: 700, complete: false });
    expect(await bytesUntilLost(target, "cut=1")).toEqual({ bytes: 1, complete: false });
  });

  it("break a stream of the SDK, and only that one", async () => {
    const target = await start({ faults: [{ kind: "cut", afterBytes: 900 }] });
    await expect(drain(runtimeClient(target))).rejects.toThrow();
    await expect(drain(runtimeClient(target))).resolves.toContain("metadata");
  });

  it("raise a modelled exception in the middle of a stream", async () => {
    const target = await start({
      faults: [
        {
          kind: "exception",
          type: "ModelStreamErrorException",
          message: "The model stopped.",
          afterEvents: 3,
        },
      ],
    });
    await expect(drain(runtimeClient(target))).rejects.toMatchObject({
      name: "ModelStreamErrorException",
      message: "The model stopped.",
    });
  });

  it("damage a frame, which the SDK's decoder notices", async () => {
    const target = await start({ faults: [{ kind: "corrupt", afterEvents: 3 }] });
    await expect(drain(runtimeClient(target))).rejects.toThrow(/checksum/i);
    await expect(drain(runtimeClient(target))).resolves.toContain("metadata");
  });

  it("send the headers at once and the first byte late", async () => {
    const target = await start();
    const began = performance.now();
    const answer = await withHeader(target, "first-byte=200");
    const headers = performance.now() - began;
    const reader = answer.body?.getReader();
    await reader?.read();
    expect(headers).toBeLessThan(150);
    expect(performance.now() - began).toBeGreaterThan(190);
    await reader?.cancel();
  });

  it("expire credentials and deny actions in the service's words", async () => {
    const target = await start({ faults: [{ kind: "expired" }, { kind: "denied" }] });
    await expect(drain(runtimeClient(target))).rejects.toMatchObject({
      name: "ExpiredTokenException",
      $metadata: { httpStatusCode: 403 },
    });
    await expect(drain(runtimeClient(target))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message:
        "User: arn:aws:iam::123456789012:user/emulator is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0 because no identity-based policy allows the bedrock:InvokeModelWithResponseStream action",
    });
    expect(await (await withHeader(target, "expired")).json()).toEqual({ Message: "Bearer Token has expired" });
  });

  it("stand for operations of the control plane: denied, empty, a skewed clock that the SDK corrects", async () => {
    const target = await start({
      standingFaults: { ListInferenceProfiles: { kind: "denied" }, ListFoundationModels: { kind: "empty" } },
    });
    const { ListFoundationModelsCommand, ListInferenceProfilesCommand } = await import("@aws-sdk/client-bedrock");
    await expect(controlClient(target).send(new ListInferenceProfilesCommand({}))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining("bedrock:ListInferenceProfiles on resource: *"),
    });
    expect((await controlClient(target).send(new ListFoundationModelsCommand({}))).modelSummaries).toEqual([]);
    const skewed = await startEmulator({ standingFaults: { Converse: { kind: "clock-skew", ms: 1_200_000 } } });
    const command = () => new ConverseCommand({ modelId: novaMicro, messages: ask("Hello") });
    await expect(runtimeClient(skewed).send(command())).rejects.toMatchObject({
      name: "InvalidSignatureException",
      message: expect.stringMatching(/^Signature expired: \d{8}T\d{6}Z is now earlier than/),
    });
    const { endpoint, region, credentials } = {
      endpoint: skewed.url,
      region: skewed.region,
      credentials: skewed.credentials,
    };
    const patient = new BedrockRuntimeClient({ endpoint, region, credentials, maxAttempts: 3 });
    expect((await patient.send(command())).stopReason).toBe("end_turn");
    await skewed.close();
  });

  it("stall a stream until the caller gives up", async () => {
    const target = await start();
    const answer = await withHeader(target, "stall=2", AbortSignal.timeout(200));
    await expect(answer.arrayBuffer()).rejects.toMatchObject({ name: "TimeoutError" });
  });
});

describe("an emulator", () => {
  it("destroys open sockets when it is closed", async () => {
    const target = await start();
    const answer = await withHeader(target, "stall=2");
    const outcome = expect(answer.arrayBuffer()).rejects.toThrow();
    const began = performance.now();
    await target.close();
    await target.close();
    expect(performance.now() - began).toBeLessThan(500);
    await outcome;
  });

  it("starts in less than 150 ms", async () => {
    const began = performance.now();
    await start();
    expect(performance.now() - began).toBeLessThan(150);
  });

  it("answers with an engine of one's own", async () => {
    const target = await start({
      engine: function* (turn) {
        yield { kind: "text", text: `${turn.modelId}: ${turn.messages.length}` };
        yield { kind: "usage", inputTokens: 7, outputTokens: 3 };
        yield { kind: "stop", reason: "end_turn" };
      },
    });
    const answer = await runtimeClient(target).send(new ConverseCommand({ modelId: novaMicro, messages: ask("Hi") }));
    expect(answer.output?.message?.content).toEqual([{ text: "amazon.nova-micro-v1:0: 1" }]);
    expect(answer.usage).toMatchObject({ inputTokens: 7, outputTokens: 3, totalTokens: 10 });
  });
});
