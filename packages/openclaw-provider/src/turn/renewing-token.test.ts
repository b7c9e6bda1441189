import {
  type AssistantMessage,
  type AssistantMessageEvent,
  type AssistantMessageStream,
  emptyUsage,
} from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import type { HostStreamFn, HostStreamOptions, HostTurnModel, WrapStreamContext } from "../host-types.ts";
import { type RenewToken, renewingToken } from "./renewing-token.ts";

const provider = "amazon-bedrock-mantle";
const turnModel: HostTurnModel = { id: "gpt-oss-120b", provider };

function message(stopReason: AssistantMessage["stopReason"], errorMessage?: string): AssistantMessage {
  return {
    role: "assistant",
    content: [],
    api: "openai-completions",
    provider,
    model: "gpt-oss-120b",
    usage: emptyUsage(),
    stopReason,
    ...(errorMessage !== undefined && { errorMessage }),
    timestamp: 0,
  };
}

const refused: AssistantMessageEvent = {
  type: "error",
  reason: "error",
  error: message("error", "401 Invalid bearer token"),
};
const start: AssistantMessageEvent = { type: "start", partial: message("stop") };
const done: AssistantMessageEvent = { type: "done", reason: "stop", message: message("stop") };

function streamOf(events: readonly AssistantMessageEvent[]): AssistantMessageStream {
  const last = events.at(-1);
  const end = last?.type === "done" ? last.message : last?.type === "error" ? last.error : message("stop");
  return {
    async *[Symbol.asyncIterator]() {
      yield* events;
    },
    result: () => Promise.resolve(end),
  };
}

/** A turn over answers in order, each as the host's stream function would give it, with the tokens it was called with. */
async function turn(
  answers: readonly (readonly AssistantMessageEvent[])[],
  renew: RenewToken,
): Promise<{ readonly events: string[]; readonly result: AssistantMessage; readonly tokens: (string | undefined)[] }> {
  const tokens: (string | undefined)[] = [];
  const streamFn = (_model: unknown, _context: unknown, options: HostStreamOptions<unknown>): Promise<unknown> =>
    Promise.resolve(streamOf(answers[tokens.push(options.apiKey) - 1] ?? []));
  const stream = await wrapped(streamFn, renew)(turnModel, { messages: [] }, { apiKey: "old" });
  const events: string[] = [];
  for await (const event of stream) events.push(event.type);
  return { events, result: await stream.result(), tokens };
}

function wrapped(streamFn: NonNullable<WrapStreamContext["streamFn"]>, renew: RenewToken): HostStreamFn {
  return renewingToken({ provider, modelId: turnModel.id, streamFn }, renew).streamFn as HostStreamFn;
}

const fresh: RenewToken = (old) => Promise.resolve(`${old}-fresh`);

describe("renewingToken", () => {
  it("sends a turn once more with a new token where the first was refused, and shows nothing of the refusal", async () => {
    const { events, result, tokens } = await turn([[refused], [start, done]], fresh);
    expect(events).toEqual(["start", "done"]);
    expect(result.stopReason).toBe("stop");
    expect(tokens).toEqual(["old", "old-fresh"]);
  });

  it("does so once", async () => {
    const { events, tokens } = await turn([[refused], [refused], [start, done]], fresh);
    expect(events).toEqual(["error"]);
    expect(tokens).toEqual(["old", "old-fresh"]);
  });

  it.each<[string, readonly AssistantMessageEvent[], RenewToken]>([
    ["there is no other token", [refused], () => Promise.resolve(undefined)],
    ["no token can be made", [refused], () => Promise.reject(new Error("no credentials"))],
    ["the answer had begun", [start, refused], fresh],
    ["something else went wrong", [{ ...refused, error: message("error", "429 Too many requests") }], fresh],
  ])("leaves the stream as it is where %s", async (_, answer, renew) => {
    const { events, result, tokens } = await turn([answer, [start, done]], renew);
    expect(events).toEqual(answer.map(({ type }) => type));
    expect(result.stopReason).toBe("error");
    expect(tokens).toEqual(["old"]);
  });

  it("gives the result to whoever asks for nothing else", async () => {
    const streamFn = (): Promise<unknown> => Promise.resolve(streamOf([start, done]));
    const stream = await wrapped(streamFn, fresh)(turnModel, { messages: [] });
    expect(await stream.result()).toMatchObject({ stopReason: "stop" });
  });

  it("leaves a call alone that the host does not stream itself", () => {
    const context = { provider, modelId: "x" };
    expect(renewingToken(context, fresh)).toBe(context);
  });
});
