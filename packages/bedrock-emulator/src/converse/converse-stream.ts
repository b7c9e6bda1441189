import { randomUUID } from "node:crypto";
import type { Call } from "../call.ts";
import type { AnswerEvent } from "../engine/turn.ts";
import type { Fault } from "../faults/fault.ts";
import { ServiceError } from "../http/service-error.ts";
import { type AnswerNotes, answerConverse } from "./answer.ts";
import { frameWriter } from "./frames.ts";
import { type PreparedConverse, prepareConverse } from "./prepare.ts";
import { additionalFields, echoedSettings } from "./respond-metadata.ts";
import { sendFrames } from "./send-frames.ts";
import { MessageEvents, type StreamEvent } from "./stream-events.ts";
import { countOutput, usageOf } from "./usage.ts";

/**
 * `POST /model/{modelId}/converse-stream`
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html). What is refused is refused before
 * the first frame, as a plain HTTP error.
 */
export async function converseStream(call: Call, modelId: string, fault: Fault | undefined): Promise<void> {
  const recorded = call.state.replay.next(modelId);
  if (recorded) {
    call.reply.begin(200, streamHeaders());
    await call.state.replay.send(call.reply, recorded);
    return;
  }
  const prepared = prepareConverse(call, modelId, true);
  await sendFrames(call, streamEvents(prepared, call), streamHeaders(), fault);
}

function streamHeaders(): Record<string, string> {
  return { "content-type": "application/vnd.amazon.eventstream", "x-amzn-RequestId": randomUUID() };
}

async function* streamEvents(prepared: PreparedConverse, call: Call): AsyncGenerator<StreamEvent> {
  const began = performance.now();
  const message = new MessageEvents(prepared.model.behaviour?.vendor === "anthropic");
  const notes: AnswerNotes = { modelRan: true };
  const said: AnswerEvent[] = [];
  for await (const piece of answerConverse(prepared, call.state.engine, call.signal, notes)) {
    // Only now: an engine that fails before its first word is refused by an HTTP error.
    if (said.length === 0) yield message.start();
    said.push(piece);
    yield* message.take(piece);
  }
  yield* message.stop(additionalFields(prepared.body, message.end));
  const usage = notes.modelRan
    ? usageOf(prepared, message.end.outputTokens ?? countOutput(said), message.end.inputTokens)
    : { inputTokens: 0, outputTokens: 0, totalTokens: 0 };
  yield {
    type: "metadata",
    payload: {
      metrics: { latencyMs: Math.round(performance.now() - began) },
      ...(notes.trace && { trace: notes.trace }),
      ...echoedSettings(prepared.body),
      usage,
    },
  };
}

/** The frame for an engine that failed after the first byte was sent. */
export function lateFailure(error: unknown): Uint8Array {
  const known = error instanceof ServiceError;
  return frameWriter().exception(
    known ? error.type : "InternalServerException",
    known ? error.message : "The system encountered an unexpected error during processing. Try your request again.",
  );
}
