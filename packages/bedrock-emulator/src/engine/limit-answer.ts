import { countTokens } from "./tokens.ts";
import type { AnswerEvent } from "./turn.ts";

/** Cuts an answer at its token limit and at a stop sequence, as a model does: the sequence itself is not said. */
export function* limitAnswer(
  events: Iterable<AnswerEvent>,
  maxTokens: number,
  stopSequences: readonly string[],
): Generator<AnswerEvent> {
  let tokens = 0;
  let held = "";
  const longest = Math.max(0, ...stopSequences.map((sequence) => sequence.length));
  for (const event of events) {
    if (event.kind === "text" && longest > 0) {
      held += event.text;
      const cut = firstStop(held, stopSequences);
      if (cut) {
        if (cut.at > 0) yield { kind: "text", text: held.slice(0, cut.at) };
        yield { kind: "stop", reason: "stop_sequence", stopSequence: cut.sequence };
        return;
      }
      // A sequence may begin at the end of this piece: that much is held back.
      const sure = Math.max(0, held.length - longest + 1);
      if (sure === 0) continue;
      const said = held.slice(0, sure);
      held = held.slice(sure);
      tokens += countTokens(said);
      if (tokens > maxTokens) return yield { kind: "stop", reason: "max_tokens" };
      yield { kind: "text", text: said };
      continue;
    }
    if (held !== "") {
      yield { kind: "text", text: held };
      held = "";
    }
    if (event.kind === "text" || event.kind === "reasoning" || event.kind === "toolInput") {
      const said = event.kind === "toolInput" ? event.json : event.text;
      tokens += countTokens(said);
      if (tokens > maxTokens) return yield { kind: "stop", reason: "max_tokens" };
    }
    yield event;
  }
}

function firstStop(text: string, sequences: readonly string[]): { at: number; sequence: string } | undefined {
  let first: { at: number; sequence: string } | undefined;
  for (const sequence of sequences) {
    const at = text.indexOf(sequence);
    if (at >= 0 && (!first || at < first.at)) first = { at, sequence };
  }
  return first;
}
