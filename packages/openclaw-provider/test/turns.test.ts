import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AssistantMessageEvent, Context } from "@clawrock/conversation";
import { describe, expect, it, vi } from "vitest";
import type { HostConfig, HostTurnModel } from "../src/host-types.ts";
import { emulated } from "./emulated.ts";
import { registered } from "./registered.ts";

const MODEL = "us.anthropic.claude-haiku-4-5-20251001-v1:0";

function says(text: string): Context {
  return { systemPrompt: "Be brief.", messages: [{ role: "user", content: text, timestamp: 0 }] };
}

async function turn(
  text: string,
  { config, model = {}, live }: { config?: HostConfig; model?: Partial<HostTurnModel>; live?: () => HostConfig } = {},
): Promise<{ events: AssistantMessageEvent[]; logged: string[]; reason: string | undefined }> {
  const { bedrock, logged } = registered(live);
  const context = { provider: "amazon-bedrock", modelId: MODEL, ...(config && { config }) };
  const resolved = bedrock.resolveDynamicModel?.(context);
  const stream = await bedrock.createStreamFn?.(context)(
    { ...resolved, id: MODEL, provider: "amazon-bedrock", ...model },
    says(text),
  );
  const events: AssistantMessageEvent[] = [];
  for await (const event of stream ?? []) events.push(event);
  const last = events.at(-1);
  const failed = last?.type === "error" ? last.error : undefined;
  const reason = failed?.errorMessage && bedrock.classifyFailoverReason?.({ errorMessage: failed.errorMessage });
  return { events, logged, reason };
}

describe("a Converse turn", () => {
  const world = emulated();

  it("streams an answer with its usage and cost", async () => {
    const { events, logged } = await turn("Reply with exactly: kiwi");
    expect(events[0]?.type).toBe("start");
    const done = events.at(-1);
    if (done?.type !== "done") throw new Error(`ended with ${done?.type}`);
    expect(done.message.content).toEqual([{ type: "text", text: "kiwi" }]);
    expect(done.message.usage.cost.total).toBeGreaterThan(0);
    expect(done.message).toMatchObject({ provider: "amazon-bedrock", api: "bedrock-converse-stream", model: MODEL });
    expect(logged).toEqual([]);
  });

  it("sends the id AWS lists where the documentation's is unknown to it", async () => {
    const model = { id: "us.anthropic.claude-sonnet-4-6-20251001-v1:0" };
    const { events } = await turn("Reply with exactly: elder", { model });
    const done = events.at(-1);
    if (done?.type !== "done") throw new Error(`ended with ${done?.type}`);
    expect(done.message.adjustments).toMatchObject([
      { kind: "model-id", detail: "sent us.anthropic.claude-sonnet-4-6" },
    ]);
    const sent = world.requests.filter(({ operation }) => operation === "ConverseStream").map(({ status }) => status);
    expect(sent).toEqual([400, 200]);
  });

  it("sends a token limit only if somebody set one", async () => {
    await turn("hi");
    await turn("hi", { model: { maxTokens: 300, maxTokensSource: "configured" } });
    const limits = world.requests.map(({ body }) => Object(body).inferenceConfig?.maxTokens);
    expect(limits).toEqual([undefined, 300]);
  });

  it("goes where a base URL that is not AWS's points", async () => {
    const { events } = await turn("Reply with exactly: fig", { model: { baseUrl: `${world.bedrock.url}/` } });
    expect(events.at(-1)?.type).toBe("done");
  });

  it("applies the configured guardrail, and does not shop around with what it blocked", async () => {
    const guardrail = { guardrailIdentifier: "emulatorgrd1", guardrailVersion: "1", trace: "enabled" };
    const config = { plugins: { entries: { "amazon-bedrock": { config: { guardrail } } } } };
    const { events, logged, reason } = await turn("Tell me the launch codes", { config });
    expect(events.at(-1)).toMatchObject({ type: "error", error: { errorCode: "guardrail-blocked" } });
    expect(reason).toBeUndefined();
    expect(logged).toEqual([expect.stringMatching(/emulatorgrd1 .*launch codes/u)]);
  });

  it("lets the guardrail judge the spans that the settings name", async () => {
    const guardrail = { guardrailIdentifier: "emulatorgrd1", guardrailVersion: "1" };
    const of = (guardedSpans: object) => ({
      plugins: { entries: { "amazon-bedrock": { config: { guardrail: { ...guardrail, guardedSpans } } } } },
    });
    const judged = await turn("Tell me the launch codes", { config: of({}) });
    expect(judged.events.at(-1)).toMatchObject({ type: "error", error: { errorCode: "guardrail-blocked" } });
    expect(JSON.stringify(world.requests[0]?.body)).toContain('"guardContent"');
    const system = await turn("hi", { config: of({ user: "none", system: true }) });
    expect(system.events.at(-1)?.type).toBe("done");
    expect(Object(world.requests[1]?.body).system[0]).toHaveProperty("guardContent");
  });

  it("ends with one line about settings that cannot be used", async () => {
    const config = {
      plugins: { entries: { "amazon-bedrock": { config: { guardrail: { guardrailIdentifier: "x" } } } } },
    };
    const { events, reason } = await turn("hi", { config });
    expect(events.map(({ type }) => type)).toEqual(["start", "error"]);
    expect(events.at(-1)).toMatchObject({
      error: {
        errorCode: "invalid-config",
        errorMessage: expect.stringContaining("plugins.entries.amazon-bedrock.config.guardrail"),
      },
    });
    expect(reason).toBe("format");
    expect(world.requests).toEqual([]);
  });

  it("tells the host why a model cannot be used", async () => {
    const { events, reason } = await turn("hi", { model: { id: "anthropic.claude-haiku-4-5-20251001-v1:0" } });
    expect(events.at(-1)).toMatchObject({ type: "error", error: { errorCode: "not-on-demand" } });
    expect(reason).toBe("model_not_found");
  });

  it("goes by the config as it is now, not as it was when the agent began", async () => {
    const guardrail = { guardrailIdentifier: "emulatorgrd1", guardrailVersion: "1" };
    const config = { plugins: { entries: { "amazon-bedrock": { config: { guardrail } } } } };
    const blocked = await turn("Tell me the launch codes", { config, live: () => config });
    expect(blocked.events.at(-1)?.type).toBe("error");
    const free = await turn("Tell me the launch codes", { config, live: () => ({}) });
    expect(free.events.at(-1)?.type).toBe("done");
    expect(world.requests.map(({ body }) => "guardrailConfig" in Object(body))).toEqual([true, false]);
  });

  it("shows the host no temperature that the model refuses, however the model is named", async () => {
    const payloads: unknown[] = [];
    const profile = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-4-7";
    for (const id of ["us.anthropic.claude-opus-4-7", "anthropic.claude-opus-4.7", profile, MODEL]) {
      const { bedrock } = registered();
      const model: HostTurnModel = { id, provider: "amazon-bedrock" };
      const onPayload = (payload: unknown): void => void payloads.push(payload);
      const context = { provider: "amazon-bedrock", modelId: id };
      const stream = await bedrock.createStreamFn?.(context)(model, says("hi"), { temperature: 0.3, onPayload });
      await stream?.result();
    }
    const sent = payloads.map((payload) => JSON.stringify(payload).includes("temperature"));
    expect(sent).toEqual([false, false, false, true]);
  });

  it("uses the profile of the provider's entry", async () => {
    const folder = await mkdtemp(join(tmpdir(), "clawrock-profiles-"));
    const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = world.bedrock.env;
    const file = join(folder, "credentials");
    await writeFile(file, `[work]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`);
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", file);
    vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
    const entry = (profile: string): HostConfig => ({
      models: { providers: { "bedrock-work": { params: { profile } } } },
    });
    const model = { provider: "bedrock-work" };
    const works = await turn("hi", { config: entry("work"), model });
    const missing = await turn("hi", { config: entry("play"), model });
    const wrong = await turn("hi", { config: entry(" "), model });
    for (const [name, value] of Object.entries({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret })) {
      vi.stubEnv(name, value);
    }
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", undefined);
    await rm(folder, { recursive: true });
    expect(works.events.at(-1)?.type).toBe("done");
    expect(world.requests.map(({ auth }) => auth.accessKeyId)).toEqual([id]);
    expect(missing.logged.join()).toContain("play");
    expect(wrong.logged).toEqual([expect.stringContaining("models.providers.bedrock-work.params.profile")]);
  });
});
