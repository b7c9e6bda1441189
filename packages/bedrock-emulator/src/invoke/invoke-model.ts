import { randomUUID } from "node:crypto";
import type { Call } from "../call.ts";
import { type AnswerNotes, answerConverse } from "../converse/answer.ts";
import { collectAnswer } from "../converse/collect.ts";
import { type Frame, sendFrames } from "../converse/send-frames.ts";
import { countOutput, usageOf } from "../converse/usage.ts";
import { invokeEmbedding } from "../embeddings/embed.ts";
import type { AnswerEvent } from "../engine/turn.ts";
import type { Fault } from "../faults/fault.ts";
import { sendJson } from "../http/respond.ts";
import type { NativeAnswer } from "./native-format.ts";
import { type PreparedInvoke, prepareInvoke } from "./prepare-invoke.ts";

/**
 * `POST /model/{modelId}/invoke`: the bodies are the model's own
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html).
 */
export async function invokeModel(call: Call, modelId: string): Promise<void> {
  const model = call.state.catalog.address(modelId, call.region);
  if (model.embedding) {
    invokeEmbedding(call, model.embedding);
    return;
  }
  const began = performance.now();
  const prepared = prepareInvoke(call, model, false);
  const notes: AnswerNotes = { modelRan: true };
  const events: AnswerEvent[] = [];
  for await (const event of answerConverse(prepared, call.state.engine, call.signal, notes)) events.push(event);
  const answer = nativeAnswer(prepared, events, notes);
  const body = prepared.format.answer({ body: prepared.native, model, inputTokens: answer.inputTokens }, answer);
  sendJson(
    call.reply,
    200,
    { ...body, ...guardrailMembers(prepared, notes, answer) },
    {
      "x-amzn-bedrock-input-token-count": String(answer.inputTokens),
      "x-amzn-bedrock-output-token-count": String(answer.outputTokens),
      "x-amzn-bedrock-invocation-latency": String(Math.round(performance.now() - began)),
      ...(answer.cacheReadTokens !== undefined && {
        "x-amzn-bedrock-cache-read-input-token-count": String(answer.cacheReadTokens),
        "x-amzn-bedrock-cache-write-input-token-count": String(answer.cacheWriteTokens ?? 0),
      }),
    },
  );
}

/**
 * `POST /model/{modelId}/invoke-with-response-stream`: `chunk` frames, each with one part of the model's own stream in base64
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html).
 */
export async function invokeModelStream(call: Call, modelId: string, fault: Fault | undefined): Promise<void> {
  const headers = {
    "content-type": "application/vnd.amazon.eventstream",
    "x-amzn-bedrock-content-type": "application/json",
    "x-amzn-RequestId": randomUUID(),
  };
  const recorded = call.state.replay.next(modelId);
  if (recorded) {
    call.reply.begin(200, headers);
    await call.state.replay.send(call.reply, recorded);
    return;
  }
  const prepared = prepareInvoke(call, call.state.catalog.address(modelId, call.region), true);
  await sendFrames(call, chunks(prepared, call), headers, fault);
}

async function* chunks(prepared: PreparedInvoke, call: Call): AsyncGenerator<Frame> {
  const began = performance.now();
  const { native, model, inputTokens } = prepared;
  const stream = prepared.format.stream({ body: native, model, inputTokens });
  const notes: AnswerNotes = { modelRan: true };
  const events: AnswerEvent[] = [];
  let firstByte = 0;
  for await (const event of answerConverse(prepared, call.state.engine, call.signal, notes)) {
    if (events.length === 0) {
      firstByte = performance.now() - began;
      for (const part of stream.begin()) yield chunk(part);
    }
    events.push(event);
    for (const part of stream.take(event)) yield chunk(part);
  }
  const answer = nativeAnswer(prepared, events, notes);
  const last = stream.end(answer);
  for (const part of last.slice(0, -1)) yield chunk(part);
  yield chunk({
    ...last.at(-1),
    ...guardrailMembers(prepared, notes, answer),
    "amazon-bedrock-invocationMetrics": {
      inputTokenCount: answer.inputTokens,
      outputTokenCount: answer.outputTokens,
      invocationLatency: Math.round(performance.now() - began),
      firstByteLatency: Math.round(firstByte),
      ...(answer.cacheReadTokens !== undefined && {
        cacheReadInputTokenCount: answer.cacheReadTokens,
        cacheWriteInputTokenCount: answer.cacheWriteTokens ?? 0,
      }),
    },
  });
}

function chunk(part: object): Frame {
  return { type: "chunk", payload: { bytes: Buffer.from(JSON.stringify(part)).toString("base64") } };
}

function nativeAnswer(prepared: PreparedInvoke, events: readonly AnswerEvent[], notes: AnswerNotes): NativeAnswer {
  const { text, reason, stopSequence, inputTokens, outputTokens } = collectAnswer(events);
  const usage = usageOf(prepared, outputTokens ?? countOutput(events), inputTokens);
  return {
    events,
    text,
    reason,
    inputTokens: notes.modelRan ? usage.inputTokens : 0,
    outputTokens: notes.modelRan ? usage.outputTokens : 0,
    ...(stopSequence !== undefined && { stopSequence }),
    ...(usage.cacheReadInputTokens !== undefined && { cacheReadTokens: usage.cacheReadInputTokens }),
    ...(usage.cacheWriteInputTokens !== undefined && { cacheWriteTokens: usage.cacheWriteInputTokens }),
  };
}

function guardrailMembers(prepared: PreparedInvoke, notes: AnswerNotes, answer: NativeAnswer): object {
  if (!prepared.guardrail) return {};
  return {
    "amazon-bedrock-guardrailAction": answer.reason === "guardrail_intervened" ? "INTERVENED" : "NONE",
    ...(notes.trace && { "amazon-bedrock-trace": notes.trace }),
  };
}
