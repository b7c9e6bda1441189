import type { AnswerEvent, Engine, Turn } from "../engine/turn.ts";
import { assess } from "../guardrails/assess.ts";
import type { GuardedContent } from "../guardrails/content.ts";
import type { EmulatorGuardrail } from "../guardrails/guardrail.ts";
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
  const { guardrail, trace, mode } = guard;
  const input = assess(guardrail, prepared.guarded, { source: "INPUT", everything: guard.everything });
  if (input.blocked) {
    notes.modelRan = false;
    if (trace) notes.trace = guardrailTrace(guardrail.id, input, input.assessment);
    yield* intervention(guardrail.blockedInputMessaging);
    return;
  }
  // The model reads the input masked, too.
  const turn = input.masked ? maskedTurn(prepared.turn, guardrail) : prepared.turn;
  const events: AnswerEvent[] = [];
  for await (const event of engine(turn, signal)) {
    events.push(event);
    if (mode === "async" && event.kind !== "stop") yield event;
  }
  const modelOutput = collectAnswer(events).text;
  const output = assess(
    guardrail,
    { ...pickGrounding(prepared.guarded), texts: [modelOutput] },
    { source: "OUTPUT", everything: guard.everything },
  );
  if (trace) {
    const both = { blocked: output.blocked, masked: input.masked || (output.masked && mode === "sync") };
    notes.trace = guardrailTrace(guardrail.id, both, input.assessment, { assessment: output.assessment, modelOutput });
  }
  if (mode === "async") {
    // What was sent cannot be masked any more.
    const stop = events.findLast((event) => event.kind === "stop");
    yield output.blocked || !stop ? { kind: "stop", reason: "guardrail_intervened" } : stop;
  } else if (output.blocked) {
    yield* intervention(guardrail.blockedOutputsMessaging);
  } else if (output.masked) {
    yield* maskedEvents(events, output.texts.join("\n"));
  } else {
    yield* events;
  }
}

/** An answer whose text is masked: whole where the first text stood; masking counts as an intervention. */
function* maskedEvents(events: readonly AnswerEvent[], text: string): Generator<AnswerEvent> {
  let said = false;
  for (const event of events) {
    if (event.kind === "stop") yield { kind: "stop", reason: "guardrail_intervened" };
    else if (event.kind !== "text") yield event;
    else if (!said) {
      said = true;
      yield { kind: "text", text };
    }
  }
}

/** What an answer has to rest on, as the request gives it. */
function pickGrounding({ sources = [], queries = [] }: GuardedContent): Pick<GuardedContent, "sources" | "queries"> {
  return { sources, queries };
}

function maskedTurn(turn: Turn, guardrail: EmulatorGuardrail): Turn {
  return {
    ...turn,
    messages: turn.messages.map((message) => ({
      ...message,
      parts: message.parts.map((part) =>
        part.kind === "text"
          ? { ...part, text: assess(guardrail, { texts: [part.text] }, { source: "INPUT" }).texts[0] ?? "" }
          : part,
      ),
    })),
  };
}

function* intervention(message: string): Generator<AnswerEvent> {
  yield { kind: "text", text: message };
  yield { kind: "stop", reason: "guardrail_intervened" };
}
