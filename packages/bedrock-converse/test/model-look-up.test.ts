import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type AwsSession, awsSession } from "@clawrock/aws-auth";
import { type Emulator, type EmulatorOptions, startEmulator } from "@clawrock/bedrock-emulator";
import { createDiscoveryCache } from "@clawrock/discovery-cache";
import { afterEach, describe, expect, it } from "vitest";
import { type ConverseDiagnostic, createConverse, readModel, resolveModel } from "../src/index.ts";
import { eventFrame } from "./frames.ts";

const ARN = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/";
const messages = [{ role: "user" as const, content: "hi", timestamp: 0 }];
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function emulated(options: EmulatorOptions = {}): Promise<{ emulator: Emulator; aws: AwsSession }> {
  const emulator = await startEmulator({
    applicationProfiles: [
      { id: "opus47", name: "team", copyFrom: "anthropic.claude-opus-4-7" },
      { id: "sonnet45", name: "team", copyFrom: "anthropic.claude-sonnet-4-5-20250929-v1:0" },
      { id: "nova", name: "team", copyFrom: "amazon.nova-lite-v1:0" },
    ],
    ...options,
  });
  const endpoints = { bedrock: emulator.url, "bedrock-runtime": emulator.url };
  const aws = awsSession({ credentials: emulator.credentials, endpoints, env: { AWS_REGION: "eu-west-1" } });
  closing.push(
    () => emulator.close(),
    () => aws.close(),
  );
  return { emulator, aws };
}

const lookUps = ({ requests }: Emulator): number =>
  requests.filter(({ operation }) => operation === "GetInferenceProfile").length;

interface Profiles {
  readonly aws: AwsSession;
  readonly bodies: Record<string, unknown>[];
  /** The regions that requests were signed for. */
  readonly signedFor: string[];
  profile(request: IncomingMessage): { status: number; body: object; afterMs?: number };
  lookUps: number;
}

/** A control plane whose profiles may lead anywhere, and a runtime that takes every request. */
async function scripted(profile: Profiles["profile"]): Promise<Profiles> {
  const state = { bodies: [] as Record<string, unknown>[], signedFor: [] as string[], lookUps: 0, profile };
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    state.signedFor.push(/\/\d{8}\/([a-z0-9-]+)\/bedrock/u.exec(request.headers.authorization ?? "")?.[1] ?? "");
    if (request.url?.startsWith("/inference-profiles/")) {
      state.lookUps++;
      const { status, body, afterMs = 0 } = state.profile(request);
      await sleep(afterMs);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      return;
    }
    state.bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" });
    response.end(Buffer.concat([eventFrame("messageStop", { stopReason: "end_turn" }), eventFrame("metadata", {})]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const aws = awsSession({
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
    endpoints: { bedrock: url, "bedrock-runtime": url },
    env: { AWS_REGION: "eu-west-1" },
  });
  closing.push(
    () => {
      server.closeAllConnections();
      server.close();
    },
    () => aws.close(),
  );
  return Object.assign(state, { aws });
}

const leadsTo = (...ids: string[]) => ({
  status: 200,
  body: {
    inferenceProfileName: "p",
    models: ids.map((id) => ({ modelArn: `arn:aws:bedrock:us-east-1::foundation-model/${id}` })),
  },
});

describe("an application inference profile", () => {
  it("is looked up once and has the capabilities of the model behind it", async () => {
    const { emulator, aws } = await emulated();
    const [one, other] = await Promise.all([
      resolveModel(`${ARN}opus47`, { aws }),
      resolveModel(`${ARN}opus47`, { aws }),
    ]);
    expect(one.capabilities.family).toBe("claude");
    expect(one.capabilities.sampling.value.temperature).toBe(false);
    expect(one.targets?.[0]).toContain("foundation-model/anthropic.claude-opus-4-7");
    expect(other.baseId).toBe("anthropic.claude-opus-4-7");
    expect(lookUps(emulator)).toBe(1);
  });

  it("that leads to Opus 4.7 drops temperature, with one look-up for two turns", async () => {
    const { emulator, aws } = await emulated();
    const converse = createConverse({ aws });
    for (let turn = 0; turn < 2; turn++) {
      const message = await converse.complete({ model: `${ARN}opus47`, messages, temperature: 0.5 });
      expect(message).toMatchObject({ stopReason: "stop" });
      expect(message.adjustments).toBeUndefined();
    }
    expect(lookUps(emulator)).toBe(1);
    const sent = emulator.requests.filter(({ operation }) => operation === "ConverseStream");
    expect(sent).toHaveLength(2);
    for (const { body } of sent) expect(JSON.stringify(body)).not.toContain("temperature");
  });

  it("is asked for in the region of its ARN, and called there, though the environment names another", async () => {
    const server = await scripted(() => leadsTo("anthropic.claude-opus-4-7"));
    await createConverse({ aws: server.aws }).complete({ model: `${ARN}any`, messages });
    expect(server.signedFor).toEqual(["us-east-1", "us-east-1"]);
  });

  it("with one target that cannot be cached gets no cache points", async () => {
    const cached = await scripted(() => leadsTo("anthropic.claude-sonnet-4-5-20250929-v1:0"));
    const mixed = await scripted(() =>
      leadsTo("anthropic.claude-sonnet-4-5-20250929-v1:0", "meta.llama3-3-70b-instruct-v1:0"),
    );
    const request = { model: `${ARN}any`, messages, system: "Be kind.", cacheRetention: "short" as const };
    for (const { aws } of [cached, mixed]) await createConverse({ aws }).complete(request);
    expect(JSON.stringify(cached.bodies)).toContain("cachePoint");
    expect(JSON.stringify(mixed.bodies)).not.toContain("cachePoint");
  });

  it("with any target of Opus 4.7 drops temperature", async () => {
    const server = await scripted(() =>
      leadsTo("anthropic.claude-sonnet-4-5-20250929-v1:0", "anthropic.claude-opus-4-7"),
    );
    await createConverse({ aws: server.aws }).complete({ model: `${ARN}any`, messages, temperature: 0.3 });
    expect(JSON.stringify(server.bodies)).not.toContain("temperature");
  });

  it("whose look-up is denied is called with safe defaults, and looked up again later", async () => {
    let denied = true;
    const refusal = {
      status: 403,
      body: { Message: "User: x is not authorized to perform: bedrock:GetInferenceProfile" },
    };
    const server = await scripted(() => (denied ? refusal : leadsTo("anthropic.claude-opus-4-7")));
    let now = 1_000_000;
    const cache = createDiscoveryCache({ ttl: 3_600_000, negativeTtl: 30_000, clock: () => now });
    const converse = createConverse({ aws: server.aws, cache });
    const told: ConverseDiagnostic[] = [];
    const ask = { model: `${ARN}any`, messages, temperature: 0.3 };
    const first = await converse.complete(ask, { onDiagnostic: (event) => told.push(event) });
    expect(first.stopReason).toBe("stop");
    expect(told.find(({ type }) => type === "lookup-failed")).toMatchObject({ kind: "access-denied" });
    const attempts = server.lookUps;
    await converse.complete(ask);
    expect(server.lookUps).toBe(attempts);
    denied = false;
    now += 31_000;
    await converse.complete(ask);
    expect(server.lookUps).toBe(attempts + 1);
    expect(JSON.stringify(server.bodies.at(-1))).not.toContain("temperature");
  });

  it("says why its look-up failed, and that a profile does not exist", async () => {
    const { aws } = await emulated();
    const { lookUpError, capabilities } = await resolveModel(`${ARN}nowhere`, { aws });
    expect(lookUpError).toMatchObject({ kind: "model-not-found" });
    expect(lookUpError?.message).toContain("us-east-1");
    expect(capabilities.family).toBe("unknown");
  });

  it("rejects with the caller's reason when the caller aborts meanwhile, and others still get their answer", async () => {
    const server = await scripted(() => ({ ...leadsTo("amazon.nova-lite-v1:0"), afterMs: 100 }));
    const abort = new AbortController();
    const reason = new Error("the user left");
    const [left, stayed] = [
      resolveModel(`${ARN}any`, { aws: server.aws, signal: abort.signal }),
      resolveModel(`${ARN}any`, { aws: server.aws }),
    ];
    setTimeout(() => abort.abort(reason), 20);
    await expect(left).rejects.toBe(reason);
    expect((await stayed).capabilities.family).toBe("nova");
    await expect(resolveModel(`${ARN}any`, { aws: server.aws, signal: abort.signal })).rejects.toBe(reason);
    expect(server.lookUps).toBe(1);
  });

  it("ends a stream as aborted when the signal fires during the look-up", async () => {
    const server = await scripted(() => ({ ...leadsTo("amazon.nova-lite-v1:0"), afterMs: 200 }));
    const message = await createConverse({ aws: server.aws }).complete(
      { model: `${ARN}any`, messages },
      { signal: AbortSignal.timeout(20) },
    );
    expect(message).toMatchObject({ stopReason: "aborted" });
    await sleep(250);
    expect(server.bodies).toEqual([]);
  });

  it("is not looked up when a resolved model is given, and not for ids that tell", async () => {
    const { emulator, aws } = await emulated();
    const converse = createConverse({ aws });
    const model = await resolveModel(`${ARN}nova`, { aws, overrides: { maxOutputTokens: 9 } });
    expect(model.capabilities.maxOutputTokens?.value).toBe(9);
    expect(model.capabilities.family).toBe("nova");
    expect((await converse.complete({ model, messages })).stopReason).toBe("stop");
    await resolveModel("us.anthropic.claude-opus-4-7", { aws });
    expect(lookUps(emulator)).toBe(1);
  });

  it("that names no model is a failed look-up, and an empty id an error", async () => {
    const server = await scripted(() => leadsTo());
    expect((await resolveModel(`${ARN}any`, { aws: server.aws })).lookUpError).toMatchObject({ kind: "protocol" });
    await expect(resolveModel("", { aws: server.aws })).rejects.toMatchObject({ kind: "model-not-found" });
  });
});

it("lets the region of a profile decide where a standard host was given", () => {
  const aws = awsSession({ region: "eu-central-1", credentials: { accessKeyId: "a", secretAccessKey: "b" }, env: {} });
  const view = aws.in({ endpoint: "https://bedrock-runtime.us-east-1.amazonaws.com" });
  expect(view.clientConfig("bedrock-runtime")).not.toHaveProperty("endpoint");
  expect(view.region.name).toBe("eu-central-1");
  aws.close();
});

it("counts tokens by the base id of a profile, and says which models it cannot count", async () => {
  const { emulator, aws } = await emulated({ region: "us-east-1" });
  const converse = createConverse({ aws: aws.in({ region: "us-east-1" }) });
  for (const model of ["us.anthropic.claude-sonnet-4-5-20250929-v1:0", `${ARN}sonnet45`]) {
    const { inputTokens } = await converse.countTokens({ model, messages, system: "Be kind." });
    expect(inputTokens).toBeGreaterThan(0);
    expect(emulator.requests.at(-1)).toMatchObject({ modelId: "anthropic.claude-sonnet-4-5-20250929-v1:0" });
  }
  await expect(converse.countTokens({ model: "amazon.nova-lite-v1:0", messages })).rejects.toMatchObject({
    kind: "invalid-request",
    fix: expect.stringContaining("Claude"),
  });
  const imported = "arn:aws:bedrock:us-east-1:123456789012:imported-model/abc";
  await expect(converse.countTokens({ model: imported, messages })).rejects.toThrow("is not known");
  const reason = new Error("no more");
  await expect(
    converse.countTokens({ model: "anthropic.claude-opus-4-7", messages }, { signal: AbortSignal.abort(reason) }),
  ).rejects.toBe(reason);
});

it("reads an id without network", () => {
  expect(readModel(`${ARN}opus47`)).toMatchObject({ arnRegion: "us-east-1", baseId: undefined });
});
