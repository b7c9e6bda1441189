import { randomUUID } from "node:crypto";
import type { Call } from "../../call.ts";
import { answerConverse } from "../../converse/answer.ts";
import type { GuardedTurn } from "../../converse/prepare.ts";
import { countOutput } from "../../converse/usage.ts";
import { countInput } from "../../engine/tokens.ts";
import type { AnswerEvent, Turn } from "../../engine/turn.ts";
import type { Fault } from "../../faults/fault.ts";
import { EventSink } from "../../http/event-sink.ts";
import { jsonBody } from "../../http/received.ts";
import { sendJson } from "../../http/respond.ts";
import { arrayAt, isJsonObject, stringAt } from "../../json.ts";
import { chooseModel } from "../choose-model.ts";
import { mantleInvalid } from "../mantle-error.ts";
import { mantleRefusal } from "../mantle-refusals.ts";
import { turnTexts } from "../turn-texts.ts";
import { ResponseEvents } from "./response-events.ts";
import { type ResponseHead, responseId, responseObject } from "./response-object.ts";
import { responsesTurn } from "./responses-turn.ts";

/**
 * `POST /v1/responses` and `/openai/v1/responses`, whole or as server-sent events whose `data:` stands before their `event:`, as
 * recorded (https://docs.aws.amazon.com/bedrock/latest/userguide/inference-responses-api.html).
 */
export async function responses(call: Call, prefix: string, fault: Fault | undefined): Promise<void> {
  const body = jsonBody(call.received);
  if (!isJsonObject(body)) throw mantleInvalid(mantleRefusal("mantle-body"));
  const route = prefix === "" ? "/v1" : "/openai/v1";
  const { model, guardrail } = chooseModel(call, stringAt(body, "model"), route, "responses");
  const turn = responsesTurn(body, model);
  const guarded: GuardedTurn = { turn, guarded: { texts: turnTexts(turn) }, ...(guardrail && { guardrail }) };
  const head: ResponseHead = {
    id: responseId(),
    createdAt: Math.floor(call.state.clock().getTime() / 1000),
    model: stringAt(body, "model") ?? model.id,
    body,
  };
  const items = new ResponseEvents({
    encrypted: arrayAt(body, "include").includes("reasoning.encrypted_content"),
    // gpt-oss shows its thoughts, the newer ones do not.
    visible: model.behaviour === "gptOss",
  });
  const said: AnswerEvent[] = [];
  const answer = answerConverse(guarded, call.state.engine, call.signal, { modelRan: true });
  if (body["stream"] !== true) {
    for await (const event of answer) {
      said.push(event);
      items.take(event);
    }
    items.leave();
    sendJson(call.reply, 200, finished(head, items, said, turn));
    return;
  }
  call.reply.begin(200, { "content-type": "text/event-stream; charset=utf-8", "x-amzn-RequestId": randomUUID() });
  const sink = new EventSink(call.reply, call.state.eventDelayMs);
  let sequence = 0;
  const send = (type: string, payload: object): Promise<void> =>
    sink.send(`data: ${JSON.stringify({ ...payload, sequence_number: sequence++, type })}\nevent: ${type}\n\n`);
  const beginning = { response: responseObject(head, { status: "in_progress", output: [] }) };
  await send("response.created", beginning);
  await send("response.in_progress", beginning);
  for await (const event of answer) {
    if (call.signal.aborted) return;
    said.push(event);
    if (fault?.kind === "stall" && sink.count >= fault.afterEvents) return;
    if (fault?.kind === "exception" && sink.count >= fault.afterEvents) {
      sink.end(`data: ${JSON.stringify({ message: fault.message })}\n\n`);
      return;
    }
    for (const { type, ...payload } of items.take(event)) await send(type, payload);
  }
  for (const { type, ...payload } of items.leave()) await send(type, payload);
  const response = finished(head, items, said, turn);
  await send(stoppedEarly(said) ? "response.incomplete" : "response.completed", { response });
  sink.end();
}

function stoppedEarly(said: readonly AnswerEvent[]): "max_output_tokens" | "content_filter" | undefined {
  const stop = said.findLast((event) => event.kind === "stop");
  if (stop?.reason === "max_tokens") return "max_output_tokens";
  return stop?.reason === "guardrail_intervened" ? "content_filter" : undefined;
}

function finished(head: ResponseHead, items: ResponseEvents, said: readonly AnswerEvent[], turn: Turn): object {
  const counted = said.findLast((event) => event.kind === "usage");
  const input = counted?.inputTokens ?? countInput(turn);
  const output = counted?.outputTokens ?? countOutput(said);
  const early = stoppedEarly(said);
  return responseObject(head, {
    status: early ? "incomplete" : "completed",
    output: items.output,
    ...(early && { incomplete: early }),
    usage: {
      input_tokens: input,
      input_tokens_details: { cache_write_tokens: 0, cached_tokens: 0 },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: countOutput(said.filter((event) => event.kind === "reasoning")) },
      total_tokens: input + output,
    },
  });
}
