import type { Call } from "../call.ts";
import type { AnswerEvent } from "../engine/turn.ts";
import { sendJson } from "../http/respond.ts";
import { type AnswerNotes, answerConverse } from "./answer.ts";
import { collectAnswer } from "./collect.ts";
import { prepareConverse } from "./prepare.ts";
import { additionalFields, echoedSettings } from "./respond-metadata.ts";
import { countOutput, usageOf } from "./usage.ts";

/** `POST /model/{modelId}/converse` (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html). */
export async function converse(call: Call, modelId: string): Promise<void> {
  const began = performance.now();
  const prepared = prepareConverse(call, modelId, false);
  const notes: AnswerNotes = { modelRan: true };
  const events: AnswerEvent[] = [];
  for await (const event of answerConverse(prepared, call.state.engine, call.signal, notes)) events.push(event);
  const answer = collectAnswer(events);
  const usage = notes.modelRan
    ? usageOf(prepared, answer.outputTokens ?? countOutput(events), answer.inputTokens)
    : { inputTokens: 0, outputTokens: 0, totalTokens: 0 };
  const fields = additionalFields(prepared.body, answer);
  sendJson(call.reply, 200, {
    ...(fields && { additionalModelResponseFields: fields }),
    metrics: { latencyMs: Math.round(performance.now() - began) },
    output: { message: { content: answer.content, role: "assistant" } },
    stopReason: answer.reason,
    ...(notes.trace && { trace: notes.trace }),
    ...echoedSettings(prepared.body),
    usage,
  });
}
