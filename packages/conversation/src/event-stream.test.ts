import { describe, expect, it } from "vitest";
import { BedrockError } from "./errors/bedrock-error.ts";
import { type BlockSource, createEventStream } from "./event-stream.ts";
import { MessageBuilder } from "./message-builder.ts";
import type { AssistantMessageEvent } from "./types.ts";

const newBuilder = (): MessageBuilder => new MessageBuilder({ api: "a", provider: "p", model: "m", timestamp: 1 });

/** Sends one piece of text per pull, then the end. */
function pieces(builder: MessageBuilder, texts: readonly string[]): BlockSource & { pulls: number; cancelled: number } {
  const source = {
    pulls: 0,
    cancelled: 0,
    async pull(): Promise<boolean> {
      const text = texts[source.pulls++];
      await Promise.resolve();
      if (text !== undefined) builder.text(0, text);
      else builder.stop("stop", "end_turn");
      return text !== undefined;
    },
    cancel(): void {
      source.cancelled++;
    },
  };
  return source;
}

describe("createEventStream", () => {
  it("gives the events in order and the final message", async () => {
    const builder = newBuilder();
    const stream = createEventStream({ builder, source: pieces(builder, ["a", "b"]) });
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    expect(types).toEqual(["start", "text_start", "text_delta", "text_delta", "text_end", "done"]);
    expect(await stream.result()).toMatchObject({ content: [{ type: "text", text: "ab" }], stopReason: "stop" });
  });

  it("settles result() when nobody iterates", async () => {
    const builder = newBuilder();
    const stream = createEventStream({ builder, source: pieces(builder, ["x"]) });
    expect((await stream.result()).content).toEqual([{ type: "text", text: "x" }]);
  });

  it("pulls no further than it is read", async () => {
    const builder = newBuilder();
    const source = pieces(builder, ["a", "b", "c", "d"]);
    const reader = createEventStream({ builder, source })[Symbol.asyncIterator]();
    await reader.next();
    await reader.next();
    await reader.next();
    expect(source.pulls).toBe(1);
  });

  it("answers several next() calls at once in order", async () => {
    const builder = newBuilder();
    const reader = createEventStream({ builder, source: pieces(builder, ["a"]) })[Symbol.asyncIterator]();
    const all = await Promise.all(Array.from({ length: 7 }, () => reader.next()));
    const types = all.map((item) => (item.done ? "-" : (item.value as AssistantMessageEvent).type));
    expect(types).toEqual(["start", "text_start", "text_delta", "text_end", "done", "-", "-"]);
  });

  it("cancels the source when the loop is left, and keeps what came", async () => {
    const builder = newBuilder();
    const source = pieces(builder, ["a", "b", "c"]);
    const stream = createEventStream({ builder, source });
    for await (const event of stream) if (event.type === "text_delta") break;
    expect(source.cancelled).toBe(1);
    expect(await stream.result()).toMatchObject({ stopReason: "aborted", content: [{ type: "text", text: "a" }] });
  });

  it("ends with `aborted` when the signal fires, also before the first pull", async () => {
    const builder = newBuilder();
    const source = pieces(builder, ["a"]);
    const stream = createEventStream({ builder, source, signal: AbortSignal.abort() });
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    expect(types).toEqual(["start", "error"]);
    expect(source).toMatchObject({ pulls: 0, cancelled: 1 });
  });

  it("turns a rejected pull into one error event", async () => {
    const builder = newBuilder();
    const source: BlockSource = { pull: () => Promise.reject(new Error("boom")), cancel: () => undefined };
    const stream = createEventStream({ builder, source });
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    expect(types).toEqual(["start", "error"]);
    expect((await stream.result()).errorMessage).toContain("boom");
  });

  it("leaves every event to the loop when result() was asked for first", async () => {
    const builder = newBuilder();
    const stream = createEventStream({ builder, source: pieces(builder, ["a", "b"]) });
    const result = stream.result();
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    expect(types).toEqual(["start", "text_start", "text_delta", "text_delta", "text_end", "done"]);
    expect((await result).stopReason).toBe("stop");
  });

  it("settles result() after a loop that was only begun", async () => {
    const builder = newBuilder();
    const stream = createEventStream({ builder, source: pieces(builder, ["a", "b"]) });
    await stream[Symbol.asyncIterator]().next();
    expect((await stream.result()).content).toEqual([{ type: "text", text: "ab" }]);
  });

  it("gives nothing more after the loop was left", async () => {
    const builder = newBuilder();
    const stream = createEventStream({ builder, source: pieces(builder, ["a", "b"]) });
    for await (const _ of stream) break;
    for await (const event of stream) expect.unreachable(event.type);
  });

  it.each(["throws", "ends early"])("cancels a source that %s", async (how) => {
    const builder = newBuilder();
    let cancelled = 0;
    const source: BlockSource = {
      pull: async () => {
        if (how === "throws") throw new Error("boom");
        builder.fail(new BedrockError({ kind: "protocol", problem: "broken" }));
        return true;
      },
      cancel: () => void cancelled++,
    };
    expect((await createEventStream({ builder, source }).result()).stopReason).toBe("error");
    expect(cancelled).toBe(1);
  });

  it.each(["the signal", "silence"])("is ended by %s although the source never settles", async (what) => {
    const source: BlockSource = { pull: () => new Promise(() => undefined), cancel: () => undefined };
    const ends = what === "silence" ? { timeouts: { firstByteMs: 20 } } : { signal: AbortSignal.timeout(20) };
    const types: string[] = [];
    for await (const event of createEventStream({ builder: newBuilder(), source, ...ends })) types.push(event.type);
    expect(types).toEqual(["start", "error"]);
  });

  it("settles with an error when something odd is thrown", async () => {
    const source: BlockSource = { pull: () => Promise.reject(Object.create(null)), cancel: () => undefined };
    expect((await createEventStream({ builder: newBuilder(), source }).result()).errorCode).toBe("unknown");
  });
});
