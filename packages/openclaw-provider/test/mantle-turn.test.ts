import { type AssistantMessage, type AssistantMessageStream, emptyUsage } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import type { HostStreamFn, HostStreamOptions, HostTurnModel } from "../src/host-types.ts";
import { emulated } from "./emulated.ts";
import { registered } from "./registered.ts";

const provider = "amazon-bedrock-mantle";

function answer(model: string, failure?: Partial<AssistantMessage>): AssistantMessage {
  const message: AssistantMessage = {
    ...{ role: "assistant", content: [], api: "openai-completions", provider, model, usage: emptyUsage() },
    ...{ stopReason: "stop", timestamp: 0, ...failure },
  };
  return message;
}

/** The host's own stream function: it makes a payload, offers it to the hook, and answers at once. */
function hostStream(sent: unknown[], failure?: Partial<AssistantMessage>) {
  return async (
    { id }: HostTurnModel,
    _context: unknown,
    { onPayload }: HostStreamOptions<unknown>,
  ): Promise<AssistantMessageStream> => {
    const payload = { model: id, messages: [], max_tokens: 8192, thinking: { type: "disabled" } };
    sent.push((await onPayload?.(payload, undefined)) ?? payload);
    const message = answer(id, failure);
    const end: AsyncIterable<unknown> = {
      async *[Symbol.asyncIterator]() {
        yield failure ? { type: "error", reason: "error", error: message } : { type: "done", reason: "stop", message };
      },
    };
    return { ...end, result: async () => message } as AssistantMessageStream;
  };
}

interface Wrapped {
  readonly sent: unknown[];
  readonly logged: string[];
  readonly last: AssistantMessage;
}

async function turn(
  modelId: string,
  {
    api = "openai-completions",
    baseUrl,
    failure,
    onPayload,
    session,
  }: Partial<{
    api: string;
    baseUrl: string;
    failure: Partial<AssistantMessage>;
    onPayload: HostStreamOptions<HostTurnModel>["onPayload"];
    session: string;
  }> = {},
): Promise<Wrapped> {
  const { mantle, logged } = registered();
  const sent: unknown[] = [];
  const streamFn = hostStream(sent, failure);
  const wrapped = mantle.wrapStreamFn?.({ provider, modelId, model: { api }, thinkingLevel: "low", streamFn });
  if (!wrapped) throw new Error("it was not wrapped");
  const call: HostStreamFn = wrapped;
  const model: HostTurnModel = { id: modelId, provider, ...(baseUrl && { baseUrl }) };
  const options = { ...(onPayload && { onPayload }), ...(session && { sessionId: session }) };
  const stream = await call(model, { messages: [] }, options);
  for await (const _ of stream);
  return { sent, logged, last: await stream.result() };
}

describe("a turn at Mantle", () => {
  const world = emulated();

  it("sends the id as Mantle spells it, without asking, and says so once", async () => {
    const first = await turn("gpt-oss-120b");
    expect(first.sent).toEqual([expect.objectContaining({ model: "openai.gpt-oss-120b" })]);
    expect(first.logged).toEqual(["Mantle knows gpt-oss-120b as openai.gpt-oss-120b, which is sent"]);
    expect(first.last.model).toBe("gpt-oss-120b");
    expect((await turn("gpt-oss-120b")).logged).toEqual([]);
    expect((await turn("openai.gpt-oss-20b-1:0")).sent).toMatchObject([{ model: "openai.gpt-oss-20b" }]);
    expect((await turn("openai.gpt-oss-120b")).sent).toMatchObject([{ model: "openai.gpt-oss-120b" }]);
    expect(world.requests).toEqual([]);
  });

  it("asks for the list where only the list can tell", async () => {
    expect((await turn("gpt-5.5", { api: "openai-responses" })).sent).toMatchObject([{ model: "openai.gpt-5.5" }]);
    expect((await turn("no-such-model")).sent).toMatchObject([{ model: "no-such-model" }]);
    expect(world.requests.map(({ operation }) => operation)).toEqual(["ListModels"]);
  });

  it("leaves ids alone at an address that is not AWS's", async () => {
    const { sent } = await turn("gpt-oss-120b", { baseUrl: "https://proxy.example.com/v1" });
    expect(sent).toMatchObject([{ model: "gpt-oss-120b" }]);
    const told = await turn("gpt-oss-120b", { baseUrl: `${world.bedrock.url}/v1` });
    expect(told.sent).toMatchObject([{ model: "openai.gpt-oss-120b" }]);
  });

  it("makes requests of Anthropic's Messages as Claude takes them, after the caller's own hook", async () => {
    const { sent } = await turn("anthropic.claude-opus-4-7", {
      api: "anthropic-messages",
      onPayload: (payload) => ({ ...Object(payload), metadata: { user_id: "u" } }),
    });
    expect(sent).toEqual([expect.objectContaining({ metadata: { user_id: "u" }, output_config: { effort: "low" } })]);
    expect((await turn("openai.gpt-oss-120b")).sent).toMatchObject([{ thinking: { type: "disabled" } }]);
  });

  it("says errors in the log, and ends what lasts", async () => {
    const failure = { stopReason: "error" as const, errorCode: "429", errorMessage: "429 Too many requests" };
    const tries: Wrapped[] = [];
    for (let at = 0; at < 6; at++)
      tries.push(await turn("openai.gpt-oss-120b", { failure: { ...failure }, session: "s" }));
    expect(tries[0]).toMatchObject({ logged: ["429 Too many requests"], last: { errorCode: "429" } });
    const lines = tries.map(({ last }) => last.errorMessage ?? "");
    expect(lines.slice(0, 5).every((line) => line.endsWith("Try again in 10 seconds."))).toBe(true);
    expect(lines[5]).toContain("current quota");
  });
});
