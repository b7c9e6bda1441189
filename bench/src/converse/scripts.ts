import { EventStreamCodec } from "@smithy/eventstream-codec";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";

const codec = new EventStreamCodec(toUtf8, fromUtf8);
const PADDING = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

function frame(type: string, payload: object, n: number): Uint8Array {
  const headers = {
    ":event-type": { type: "string" as const, value: type },
    ":content-type": { type: "string" as const, value: "application/json" },
    ":message-type": { type: "string" as const, value: "event" },
  };
  return codec.encode({ headers, body: fromUtf8(JSON.stringify({ ...payload, p: PADDING.slice(0, 2 + (n % 59)) })) });
}

const block = (index: number, delta: object, n: number): Uint8Array =>
  frame("contentBlockDelta", { contentBlockIndex: index, delta }, n);
const stop = (index: number): Uint8Array => frame("contentBlockStop", { contentBlockIndex: index }, index);
const ending = (reason: string): Uint8Array[] => [
  frame("messageStop", { stopReason: reason }, 1),
  frame("metadata", { usage: { inputTokens: 10, outputTokens: 20, totalTokens: 30 }, metrics: { latencyMs: 1 } }, 2),
];
const start = (): Uint8Array => frame("messageStart", { role: "assistant" }, 3);

/** A streamed answer, encoded ahead, with the number of its deltas. */
export interface Script {
  readonly deltas: number;
  readonly frames: readonly Uint8Array[];
}

/** What the streams hold: text, a tool's JSON, reasoning and text. Words as a model would send them. */
export const scripts: Readonly<Record<string, (deltas: number) => Script>> = {
  text: (deltas) => ({
    deltas,
    frames: [
      start(),
      ...Array.from({ length: deltas }, (_, n) => block(0, { text: ` word${n % 97}` }, n)),
      stop(0),
      ...ending("end_turn"),
    ],
  }),
  tool: (deltas) => {
    const pieces = ['{"text":"', ...Array.from({ length: deltas - 2 }, (_, n) => ` word${n % 97}`), '"}'];
    const open = frame(
      "contentBlockStart",
      { contentBlockIndex: 0, start: { toolUse: { toolUseId: "t1", name: "write" } } },
      5,
    );
    return {
      deltas,
      frames: [
        start(),
        open,
        ...pieces.map((input, n) => block(0, { toolUse: { input } }, n)),
        stop(0),
        ...ending("tool_use"),
      ],
    };
  },
  reasoning: (deltas) => {
    const half = Math.floor(deltas / 2);
    const thoughts = Array.from({ length: half }, (_, n) =>
      block(0, { reasoningContent: { text: ` thought${n % 97}` } }, n),
    );
    const signature = block(0, { reasoningContent: { signature: "c2lnbmF0dXJl" } }, 7);
    const texts = Array.from({ length: deltas - half }, (_, n) => block(1, { text: ` word${n % 97}` }, n));
    return { deltas, frames: [start(), ...thoughts, signature, stop(0), ...texts, stop(1), ...ending("end_turn")] };
  },
};
