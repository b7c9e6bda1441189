import { randomBytes } from "node:crypto";
import type { AnswerEvent, StopReason, TurnThinking } from "../engine/turn.ts";
import { arrayAt, type Json, numberAt, objectAt, stringAt } from "../json.ts";

/**
 * The events of an answer from chunks of Chat Completions. Thinking is passed on when the turn asks for it, and signed at its end
 * where the addressed model signs.
 */
export async function* answerEvents(
  chunks: AsyncIterable<Json>,
  thinking: TurnThinking,
  sign: (text: string) => string,
): AsyncGenerator<AnswerEvent> {
  let thought = "";
  let sealed = false;
  let called = false;
  let currentCall: number | undefined;
  let reason: StopReason = "end_turn";

  const seal = function* (): Generator<AnswerEvent> {
    if (thought === "" || sealed) return;
    sealed = true;
    if (thinking.signed) yield { kind: "signature", signature: sign(thinking.visible ? thought : "") };
  };

  for await (const chunk of chunks) {
    const usage = objectAt(chunk, "usage");
    const inputTokens = numberAt(usage, "prompt_tokens");
    if (inputTokens !== undefined) {
      yield { kind: "usage", inputTokens, outputTokens: numberAt(usage, "completion_tokens") ?? 0 };
    }
    const [choice] = arrayAt(chunk, "choices");
    const delta = objectAt(choice, "delta");
    const reasoning = stringAt(delta, "reasoning_content") ?? stringAt(delta, "reasoning");
    if (reasoning && thinking.on && !sealed) {
      thought += reasoning;
      if (thinking.visible) yield { kind: "reasoning", text: reasoning };
    }
    const text = stringAt(delta, "content");
    if (text) {
      yield* seal();
      yield { kind: "text", text };
    }
    for (const call of arrayAt(delta, "tool_calls")) {
      const name = stringAt(objectAt(call, "function"), "name");
      const index = numberAt(call, "index") ?? 0;
      if (name && index !== currentCall) {
        yield* seal();
        called = true;
        currentCall = index;
        yield { kind: "toolUse", id: `tooluse_${randomBytes(16).toString("base64url")}`, name };
      }
      const json = stringAt(objectAt(call, "function"), "arguments");
      if (json) yield { kind: "toolInput", json };
    }
    const finish = stringAt(choice, "finish_reason");
    if (finish) reason = stopReason(finish);
  }
  yield* seal();
  // Some servers end a tool call with `stop`.
  yield { kind: "stop", reason: called && reason === "end_turn" ? "tool_use" : reason };
}

function stopReason(finish: string): StopReason {
  if (finish === "length") return "max_tokens";
  if (finish === "content_filter") return "content_filtered";
  return finish === "tool_calls" ? "tool_use" : "end_turn";
}
