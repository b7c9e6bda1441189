import type { Call } from "../call.ts";
import type { Fault } from "../faults/fault.ts";
import { EventSink } from "../http/event-sink.ts";
import { frameWriter } from "./frames.ts";

/** One event of an event stream: its `:event-type` and its payload. */
export interface Frame {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Sends events as frames of `application/vnd.amazon.eventstream`. The answer begins with the first of them. */
export async function sendFrames(
  call: Call,
  events: AsyncIterable<Frame>,
  headers: Readonly<Record<string, string>>,
  fault: Fault | undefined,
): Promise<void> {
  const frames = frameWriter();
  const sink = new EventSink(call.reply, call.state.eventDelayMs);
  for await (const event of events) {
    if (call.signal.aborted) return;
    if (call.reply.status === 0) call.reply.begin(200, headers);
    if (fault?.kind === "exception" && sink.count >= fault.afterEvents) {
      sink.end(frames.exception(fault.type, fault.message));
      return;
    }
    if (fault?.kind === "stall" && sink.count >= fault.afterEvents) return;
    const frame = frames.event(event.type, event.payload);
    if (fault?.kind === "corrupt" && sink.count === fault.afterEvents) damage(frame);
    await sink.send(frame);
  }
  sink.end();
}

/** Flips a bit in the middle of a frame: lengths and headers stay, the checksum of the message does not hold. */
function damage(frame: Uint8Array): void {
  const at = frame.length - 8;
  frame[at] = (frame[at] ?? 0) ^ 1;
}
