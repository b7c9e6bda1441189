import { randomUUID } from "node:crypto";
import type { Call } from "../call.ts";
import { answerConverse } from "../converse/answer.ts";
import type { GuardedTurn } from "../converse/prepare.ts";
import { countOutput } from "../converse/usage.ts";
import { countInput } from "../engine/tokens.ts";
import type { AnswerEvent, Turn } from "../engine/turn.ts";
import type { Fault } from "../faults/fault.ts";
import { EventSink } from "../http/event-sink.ts";
import { jsonBody } from "../http/received.ts";
import { sendJson } from "../http/respond.ts";
import { isJsonObject, objectAt, stringAt } from "../json.ts";
import { ChatChunks, collectChat } from "./chat-shapes.ts";
import { chooseModel } from "./choose-model.ts";
import { mantleInvalid } from "./mantle-error.ts";
import { mantleRefusal } from "./mantle-refusals.ts";
import { chatTurn } from "./to-turn.ts";
import { turnTexts } from "./turn-texts.ts";

/**
 * `POST /v1/chat/completions` and `/openai/v1/chat/completions`, whole or as server-sent events
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html). The route depends on the model.
 */
export async function chatCompletions(call: Call, prefix: string, fault: Fault | undefined): Promise<void> {
  const body = jsonBody(call.received);
  if (!isJsonObject(body)) throw mantleInvalid(mantleRefusal("mantle-body"));
  const route = prefix === "" ? "/v1" : "/openai/v1";
  const { model, guardrail } = chooseModel(call, stringAt(body, "model"), route, "chat");
  const turn = chatTurn(body, model);
  const guarded: GuardedTurn = { turn, guarded: { texts: turnTexts(turn) }, ...(guardrail && { guardrail }) };
  const answer = answerConverse(guarded, call.state.engine, call.signal, { modelRan: true });
  const head = {
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(call.state.clock().getTime() / 1000),
    model: model.id,
  };
  if (body["stream"] !== true) {
    const events: AnswerEvent[] = [];
    for await (const event of answer) events.push(event);
    sendJson(call.reply, 200, {
      ...head,
      object: "chat.completion",
      choices: [collectChat(events, call.state.mantleReasoningField)],
      usage: usageOf(turn, events),
    });
    return;
  }
  const includeUsage = objectAt(body, "stream_options")["include_usage"] === true;
  await stream(call, turn, answer, head, includeUsage, fault);
}

async function stream(
  call: Call,
  turn: Turn,
  answer: AsyncIterable<AnswerEvent>,
  head: object,
  includeUsage: boolean,
  fault: Fault | undefined,
): Promise<void> {
  const { reply, state, signal } = call;
  reply.begin(200, { "content-type": "text/event-stream; charset=utf-8", "x-amzn-RequestId": randomUUID() });
  const chunks = new ChatChunks(state.mantleReasoningField);
  const said: AnswerEvent[] = [];
  const sink = new EventSink(reply, state.eventDelayMs);
  const send = (part: object): Promise<void> => {
    const usage = includeUsage && !("usage" in part) ? { usage: null } : {};
    const data = { ...head, object: "chat.completion.chunk", ...part, ...usage };
    return sink.send(`data: ${JSON.stringify(data)}\n\n`);
  };
  await send(chunks.first());
  for await (const event of answer) {
    if (signal.aborted) return;
    said.push(event);
    if (fault?.kind === "stall" && sink.count >= fault.afterEvents) return;
    if (fault?.kind === "exception" && sink.count >= fault.afterEvents) {
      // Mantle sends a bare message where a chunk would be.
      sink.end(`data: ${JSON.stringify({ message: fault.message })}\n\n`);
      return;
    }
    for (const chunk of chunks.take(event)) await send(chunk);
  }
  if (includeUsage) await send({ choices: [], usage: usageOf(turn, said) });
  sink.end("data: [DONE]\n\n");
}

function usageOf(turn: Turn, events: readonly AnswerEvent[]): object {
  const counted = events.findLast((event) => event.kind === "usage");
  const input = counted?.inputTokens ?? countInput(turn);
  const output = counted?.outputTokens ?? countOutput(events);
  const reasoning = countOutput(events.filter((event) => event.kind === "reasoning"));
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    ...(reasoning > 0 && { completion_tokens_details: { reasoning_tokens: reasoning } }),
  };
}
