import { randomUUID } from "node:crypto";
import type { Call } from "../call.ts";
import { type AnswerNotes, answerConverse } from "../converse/answer.ts";
import { collectAnswer } from "../converse/collect.ts";
import type { PreparedConverse } from "../converse/prepare.ts";
import { converseTurn } from "../converse/to-turn.ts";
import { countOutput, usageOf } from "../converse/usage.ts";
import { countInput } from "../engine/tokens.ts";
import type { AnswerEvent } from "../engine/turn.ts";
import type { Fault } from "../faults/fault.ts";
import { guardedContent } from "../guardrails/guarded-content.ts";
import { EventSink } from "../http/event-sink.ts";
import { jsonBody } from "../http/received.ts";
import { sendJson } from "../http/respond.ts";
import { claudeMessage, claudeStream, messageId } from "../invoke/claude-answer.ts";
import { checkClaudeBody } from "../invoke/claude-checks.ts";
import { claudeToConverse } from "../invoke/claude-request.ts";
import { checkModelRules } from "../invoke/model-rules.ts";
import type { NativeAnswer } from "../invoke/native-format.ts";
import { isJsonObject, type JsonObject, objectAt, stringAt } from "../json.ts";
import { behaviours } from "../models/behaviour.ts";
import type { AddressedModel } from "../models/catalog.ts";
import { chooseModel } from "./choose-model.ts";
import { mantleInvalid } from "./mantle-error.ts";
import { mantleRefusal } from "./mantle-refusals.ts";

/**
 * `POST /anthropic/v1/messages`: Anthropic's Messages API, whole or as server-sent events
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/inference-messages-api.html).
 */
export async function messages(call: Call, fault: Fault | undefined): Promise<void> {
  const { prepared, name, streaming } = prepare(call, ["max_tokens"]);
  const events: AnswerEvent[] = [];
  const notes: AnswerNotes = { modelRan: true };
  const answer = answerConverse(prepared, call.state.engine, call.signal, notes);
  if (!streaming) {
    for await (const event of answer) events.push(event);
    sendJson(call.reply, 200, claudeMessage(messageId("msg_"), name, ended(prepared, events)));
    return;
  }
  call.reply.begin(200, { "content-type": "text/event-stream; charset=utf-8", "x-amzn-RequestId": randomUUID() });
  const sink = new EventSink(call.reply, call.state.eventDelayMs);
  const stream = claudeStream(messageId("msg_"), name, usageOf(prepared, 0));
  const send = async (parts: readonly object[]): Promise<void> => {
    for (const part of parts) {
      const type = "type" in part ? String(part.type) : "ping";
      await sink.send(`event: ${type}\ndata: ${JSON.stringify(part)}\n\n`);
    }
  };
  await send(stream.begin());
  for await (const event of answer) {
    if (call.signal.aborted) return;
    events.push(event);
    if (fault?.kind === "stall" && sink.count >= fault.afterEvents) return;
    if (fault?.kind === "exception" && sink.count >= fault.afterEvents) {
      const error = { type: "error", error: { type: "api_error", message: fault.message } };
      sink.end(`event: error\ndata: ${JSON.stringify(error)}\n\n`);
      return;
    }
    await send(stream.take(event));
  }
  await send(stream.end(ended(prepared, events)));
  sink.end();
}

/** `POST /anthropic/v1/messages/count_tokens` */
export function countMessageTokens(call: Call): void {
  sendJson(call.reply, 200, { input_tokens: prepare(call, []).prepared.inputTokens });
}

function prepare(
  call: Call,
  required: readonly string[],
): { prepared: PreparedConverse; name: string; streaming: boolean } {
  const sent = jsonBody(call.received);
  if (!isJsonObject(sent)) throw mantleInvalid(mantleRefusal("messages-body"));
  const { model: row, guardrail } = chooseModel(call, stringAt(sent, "model"), "/anthropic/v1", "messages");
  if (call.endpoint !== "runtime" && objectAt(sent["output_config"], "format")["type"] !== undefined)
    throw mantleInvalid(mantleRefusal("messages-output-format"), "output_config");
  const behaviour = behaviours[row.behaviour];
  const model: AddressedModel = {
    requestedId: row.id,
    modelId: row.id,
    behaviour,
    streaming: true,
    latencyOptimized: false,
    indirect: false,
  };
  // Counting needs no limit; the check asks for one.
  const checked: JsonObject = required.length > 0 ? sent : { max_tokens: behaviour.maxOutput, ...sent };
  checkClaudeBody(checked, model, { required: ["model"], optional: ["stream", "anthropic_version", "cache_control"] });
  const body = claudeToConverse(checked);
  const turn = converseTurn(body, model);
  const inputTokens = countInput(turn);
  const { thinkingSigner, admitForeignThinking } = call.state;
  const streaming = sent["stream"] === true;
  checkModelRules({ body, model, behaviour, streaming, inputTokens, thinkingSigner, admitForeignThinking });
  const cache = call.state.promptCache.count(body, model, call.state.clock());
  return {
    name: row.id,
    streaming,
    prepared: {
      body,
      model,
      turn,
      inputTokens,
      guarded: guardedContent(body),
      ...(cache && { cache }),
      ...(guardrail && { guardrail }),
    },
  };
}

function ended(prepared: PreparedConverse, events: readonly AnswerEvent[]): NativeAnswer {
  const { text, reason, stopSequence, inputTokens, outputTokens } = collectAnswer(events);
  const usage = usageOf(prepared, outputTokens ?? countOutput(events), inputTokens);
  return {
    events,
    text,
    reason,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    ...(stopSequence !== undefined && { stopSequence }),
    ...(usage.cacheReadInputTokens !== undefined && { cacheReadTokens: usage.cacheReadInputTokens }),
    ...(usage.cacheWriteInputTokens !== undefined && { cacheWriteTokens: usage.cacheWriteInputTokens }),
  };
}
