import type { AnswerEvent, Engine } from "../engine/turn.ts";
import { assess } from "../guardrails/guardrail.ts";
import { guardrailTrace } from "../guardrails/trace.ts";
import { collectAnswer } from "./collect.ts";
import type { GuardedTurn } from "./prepare.ts";

/** What is known of an answer once it is complete. */
export interface AnswerNotes {
  /** `trace` of the answer, when a guardrail was asked for it. */
  trace?: object;
  /** The guardrail stopped the input: no model ran. */
  modelRan: boolean;
}

/** The engine's answer, with a guardrail before and after it where one is set. `notes` is complete when the events are. */
export async function* answerConverse(
  prepared: GuardedTurn,
  engine: Engine,
  signal: AbortSignal,
  notes: AnswerNotes,
): AsyncGenerator<AnswerEvent> {
  const guard = prepared.guardrail;
  if (!guard) {
    yield* engine(prepared.turn, signal);
    return;
  }
  const { guardrail, trace } = guard;
  const input = assess(guardrail, prepared.guardedTexts);
  if (input.blocked) {
    notes.modelRan = false;
    if (trace) notes.trace = guardrailTrace(guardrail.id, true, input.assessment);
    yield* intervention(guardrail.blockedInputMessaging);
    return;
  }
  const events: AnswerEvent[] = [];
  for await (const event of engine(prepared.turn, signal)) {
    events.push(event);
    if (guard.mode === "async" && event.kind !== "stop") yield event;
  }
  const modelOutput = collectAnswer(events).text;
  const output = assess(guardrail, [modelOutput]);
  if (trace) {
    notes.trace = guardrailTrace(guardrail.id, output.blocked, input.assessment, {
      assessment: output.assessment,
      modelOutput,
    });
  }
  if (guard.mode === "async") {
    const stop = events.findLast((event) => event.kind === "stop");
    yield output.blocked || !stop ? { kind: "stop", reason: "guardrail_intervened" } : stop;
  } else if (output.blocked) {
    yield* intervention(guardrail.blockedOutputsMessaging);
  } else {
    yield* events;
  }
}

function* intervention(message: string): Generator<AnswerEvent> {
  yield { kind: "text", text: message };
  yield { kind: "stop", reason: "guardrail_intervened" };
}
