import { existsSync } from "node:fs";
import type { AssistantMessage, AssistantMessageEvent } from "@clawrock/conversation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConverse } from "../src/index.ts";
import { readFrames } from "./frames.ts";
import { recordingsFolder as folder, recordings } from "./recordings.ts";
import { cut, type ReplayServer, startReplayServer, streamed } from "./replay-server.ts";

interface BlockEvent {
  readonly contentBlockIndex?: number;
  readonly start?: { readonly toolUse?: { readonly toolUseId: string; readonly type?: string } };
  readonly delta?: {
    readonly text?: string;
    readonly toolUse?: { readonly input?: string };
    readonly reasoningContent?: {
      readonly text?: string;
      readonly signature?: string;
      readonly redactedContent?: string;
    };
  };
}

interface Block {
  text: string;
  thinking: string;
  signature: string;
  redacted: string;
  input: string;
  id?: string;
  server: boolean;
}

/** What the frames hold, put together by this test's own reading of the service's documentation. */
function heldBy(bytes: Uint8Array): Record<string, unknown> {
  const blocks = new Map<number, Block>();
  let stopReason: unknown;
  let usage: Record<string, number> = {};
  for (const { name, event } of readFrames(bytes)) {
    const { contentBlockIndex = 0, delta = {}, start = {} } = event as BlockEvent;
    const block: Block = blocks.get(contentBlockIndex) ?? {
      text: "",
      thinking: "",
      signature: "",
      redacted: "",
      input: "",
      server: false,
    };
    if (name === "contentBlockStart" && start.toolUse) {
      block.id = start.toolUse.toolUseId;
      block.server = start.toolUse.type === "server_tool_use";
    }
    if (name === "contentBlockDelta") {
      block.text += delta.text ?? "";
      block.input += delta.toolUse?.input ?? "";
      block.thinking += delta.reasoningContent?.text ?? "";
      block.signature += delta.reasoningContent?.signature ?? "";
      block.redacted += delta.reasoningContent?.redactedContent ?? "";
    }
    if (name.startsWith("contentBlock")) blocks.set(contentBlockIndex, block);
    if (name === "messageStop") stopReason = event["stopReason"];
    if (name === "metadata") usage = event["usage"] as Record<string, number>;
  }
  const all = [...blocks.values()];
  return {
    text: all.map(({ text }) => text).filter(Boolean),
    thinking: all
      .filter((b) => b.thinking || b.signature || b.redacted)
      .map((b) => [b.thinking, b.signature || b.redacted, b.redacted !== ""]),
    calls: all.filter((b) => b.id && !b.server).map((b) => [b.id, JSON.parse(b.input || "{}")]),
    serverTools: all.filter((b) => b.id && b.server).map((b) => [b.id, b.input]),
    stopReason,
    usage: [usage["inputTokens"] ?? 0, usage["outputTokens"] ?? 0, usage["totalTokens"] ?? 0],
  };
}

function givenBy(message: AssistantMessage): Record<string, unknown> {
  const { content, usage } = message;
  return {
    text: content.flatMap((part) => (part.type === "text" ? [part.text] : [])),
    thinking: content.flatMap((part) =>
      part.type === "thinking" ? [[part.thinking, part.thinkingSignature ?? "", part.redacted === true]] : [],
    ),
    calls: content.flatMap((part) => (part.type === "toolCall" ? [[part.id, part.arguments]] : [])),
    serverTools: (message.serverToolUses ?? []).map(({ id, input }) => [id, input]),
    stopReason: message.rawStopReason,
    usage: [usage.input, usage.output, usage.totalTokens],
  };
}

/** The message as the deltas alone tell it. */
function toldBy(events: readonly AssistantMessageEvent[]): { text: string; thinking: string } {
  const told = { text: "", thinking: "" };
  for (const event of events) {
    if (event.type === "text_delta") told.text += event.delta;
    if (event.type === "thinking_delta") told.thinking += event.delta;
  }
  return told;
}

describe.skipIf(!existsSync(folder))("recorded ConverseStream answers over a socket", () => {
  let server: ReplayServer;
  beforeAll(async () => {
    server = await startReplayServer(streamed([]));
  });
  afterAll(() => server.close());

  it("finds the recordings", () => {
    expect(recordings().length).toBeGreaterThanOrEqual(36);
  });

  for (const { name, modelId, bytes } of existsSync(folder) ? recordings() : []) {
    for (const decoder of ["own", "sdk"] as const) {
      it.each([7, 1021, bytes.length])(
        `gives what the frames of ${name} hold (${decoder} decoder, pieces of %i bytes)`,
        async (size) => {
          server.answer = streamed(cut(bytes, size));
          const converse = createConverse({ aws: server.aws, decoder });
          const stream = converse.stream({ model: modelId, messages: [{ role: "user", content: "hi", timestamp: 0 }] });
          const events: AssistantMessageEvent[] = [];
          for await (const event of stream) events.push(event);
          const held = heldBy(bytes);
          const message = await stream.result();
          expect(givenBy(message)).toEqual(held);
          expect(toldBy(events)).toEqual({
            text: (held["text"] as string[]).join(""),
            thinking: (held["thinking"] as string[][]).map(([thinking]) => thinking).join(""),
          });
          expect(events.filter(({ type }) => type === "done" || type === "error")).toHaveLength(1);
        },
      );
    }
  }
});
