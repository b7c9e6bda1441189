import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { setTimeout as sleep } from "node:timers/promises";
import { type AwsSession, awsSession } from "@clawrock/aws-auth";
import { type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CallLog, CONVERSE_CHANNEL, type ConverseDiagnostic, createConverse } from "../src/index.ts";

const NOVA = "amazon.nova-lite-v1:0";
let emulator: Emulator;
let aws: AwsSession;
beforeEach(async () => {
  emulator = await startEmulator();
  aws = awsSession({
    region: emulator.region,
    credentials: emulator.credentials,
    endpoints: { "bedrock-runtime": emulator.url },
  });
});
afterEach(async () => {
  aws.close();
  await emulator.close();
});
const messages = [{ role: "user" as const, content: "What is a river? My password is hunter2.", timestamp: 0 }];

describe("diagnostics of a call", () => {
  it("come in order, on the channel and to the caller", async () => {
    const heard: ConverseDiagnostic[] = [];
    const told: ConverseDiagnostic[] = [];
    const listen = (event: unknown): void => void heard.push(event as ConverseDiagnostic);
    subscribe(CONVERSE_CHANNEL, listen);
    const onDiagnostic = (event: ConverseDiagnostic): void => void told.push(event);
    const message = await createConverse({ aws }).complete(
      { model: NOVA, messages, temperature: 0.5 },
      { onDiagnostic },
    );
    unsubscribe(CONVERSE_CHANNEL, listen);
    expect(told).toEqual(heard);
    expect(told.map(({ type }) => type)).toEqual(["call-start", "request", "response", "first-token", "call-end"]);
    expect(new Set(told.map(({ callId }) => callId)).size).toBe(1);
    const [start, request, response, first, end] = told;
    expect(start).toMatchObject({ model: NOVA, provider: "amazon-bedrock" });
    expect(request).toMatchObject({
      operation: "ConverseStream",
      modelId: NOVA,
      region: "us-east-1",
      server: new URL(emulator.url).host,
      temperature: 0.5,
      repairs: [],
    });
    expect(response).toMatchObject({ status: 200, decoder: "own", requestId: message.responseId });
    expect(first).toMatchObject({ ms: message.timing?.firstTokenMs });
    expect(end).toMatchObject({ message, ms: message.timing?.totalMs });
    expect(message.timing?.totalMs).toBeGreaterThanOrEqual(message.timing?.firstTokenMs ?? Number.POSITIVE_INFINITY);
    expect(message.timing?.serviceMs).toBeGreaterThanOrEqual(0);
  });

  it("end once, also for a call that fails, is aborted or never begins", async () => {
    const ends: ConverseDiagnostic[] = [];
    const onDiagnostic = (event: ConverseDiagnostic): void => {
      if (event.type === "call-end") ends.push(event);
    };
    const converse = createConverse({ aws });
    await converse.complete({ model: "amazon.nova-nonsense-v9:0", messages }, { onDiagnostic });
    await converse.complete({ model: NOVA, messages }, { onDiagnostic, signal: AbortSignal.abort() });
    await converse.complete({ model: "", messages }, { onDiagnostic });
    for await (const _ of converse.stream({ model: NOVA, messages }, { onDiagnostic })) break;
    const reasons = ends.map((event) => event.type === "call-end" && event.message.stopReason);
    expect(reasons).toEqual(["error", "aborted", "error", "aborted"]);
    expect(emulator.requests.filter(({ refusal }) => refusal === undefined).length).toBeLessThanOrEqual(1);
  });

  it("end with the call, whatever becomes of the request that was left", async () => {
    const slow = await startEmulator({ standingFaults: { ConverseStream: { kind: "latency", ms: 150 } } });
    const endpoints = { "bedrock-runtime": slow.url };
    const session = awsSession({ region: slow.region, credentials: slow.credentials, endpoints });
    const told: string[] = [];
    const onDiagnostic = ({ type }: ConverseDiagnostic): void => void told.push(type);
    const signal = AbortSignal.timeout(60);
    await createConverse({ aws: session }).complete({ model: NOVA, messages }, { onDiagnostic, signal });
    await sleep(300);
    session.close();
    await slow.close();
    expect(told.at(-1)).toBe("call-end");
  });

  it("tell each attempt that the SDK repeats", async () => {
    const throttled = await startEmulator({
      faults: [
        { kind: "error", type: "ThrottlingException", message: "Too many tokens, please wait before trying again." },
      ],
    });
    const session = awsSession({
      region: throttled.region,
      credentials: throttled.credentials,
      endpoints: { "bedrock-runtime": throttled.url },
    });
    const told: ConverseDiagnostic[] = [];
    const onDiagnostic = (event: ConverseDiagnostic): void => void told.push(event);
    const message = await createConverse({ aws: session }).complete({ model: NOVA, messages }, { onDiagnostic });
    session.close();
    await throttled.close();
    expect(message.stopReason).toBe("stop");
    expect(message.adjustments).toBeUndefined();
    const failed = told.filter(({ type }) => type === "attempt-failed");
    expect(failed).toMatchObject([{ attempt: 1, kind: "throttled", requestId: expect.any(String) }]);
  });

  it("never harm the call, whatever a listener does", async () => {
    const problem = new Error("the listener's own");
    let told = 0;
    const onDiagnostic = (): void => {
      if (told++ === 0) throw problem;
    };
    // As with any subscriber of a diagnostics channel, the error is the process's, and comes after the call went on.
    const thrown = Promise.withResolvers<unknown>();
    process.setUncaughtExceptionCaptureCallback(thrown.resolve);
    const message = await createConverse({ aws }).complete({ model: NOVA, messages }, { onDiagnostic });
    expect(await thrown.promise).toBe(problem);
    process.setUncaughtExceptionCaptureCallback(null);
    expect(message.stopReason).toBe("stop");
  });
});

describe("the debug log", () => {
  it("tells one call with its request id, and nothing of what was said", async () => {
    const logs: CallLog[] = [];
    const tools = [
      { name: "look", description: "Finds hunter2.", parameters: { type: "object", properties: { hunter2: {} } } },
    ];
    const image = { type: "image" as const, mimeType: "image/png", data: PIXEL };
    const paper = { type: "document" as const, data: "aHVudGVyMg==", format: "txt", name: "hunter2" };
    const request = {
      model: NOVA,
      system: "hunter2 is secret.",
      tools,
      requestMetadata: { team: "hunter2" },
      stopSequences: ["hunter2"],
      messages: [
        { role: "user" as const, content: [{ type: "text" as const, text: "hunter2" }, image, paper], timestamp: 0 },
      ],
    };
    const message = await createConverse({ aws }).complete(request, { debugLog: (log) => logs.push(log) });
    expect(logs).toHaveLength(1);
    const [log] = logs;
    expect(log).toMatchObject({ model: NOVA, requestId: message.responseId, stopReason: message.stopReason });
    expect(log?.requests).toMatchObject([
      {
        modelId: NOVA,
        system: [{ text: "[18 characters]" }, {}],
        messages: [
          {
            role: "user",
            content: [
              { text: "[7 characters]" },
              { image: { format: "png", source: { bytes: expect.stringContaining("bytes]") } } },
              {},
              { document: { format: "txt", name: "[7 characters]", source: { bytes: "[7 bytes]" } } },
            ],
          },
        ],
        inferenceConfig: { stopSequences: ["[7 characters]"] },
        toolConfig: { tools: [{ toolSpec: { name: "look" } }] },
      },
    ]);
    const printed = JSON.stringify(logs);
    for (const secret of ["hunter2", emulator.credentials.secretAccessKey, emulator.credentials.accessKeyId]) {
      expect(printed).not.toContain(secret);
    }
  });
});

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
