import { describe, expect, it } from "vitest";
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
});
