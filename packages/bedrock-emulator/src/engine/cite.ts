import { escapeRegExp } from "./choose-tool.ts";
import type { AnswerEvent, Citation, Turn } from "./turn.ts";
import { stems } from "./words.ts";

/** The passage of the documents to be cited that shares most words with a request; `undefined` where there are none. */
export function findPassage(turn: Turn, request: string): Citation | undefined {
  const asked = new Set(stems(request));
  let best: { readonly citation: Citation; readonly shared: number } | undefined;
  for (const citation of passages(turn)) {
    const shared = stems(citation.source).filter((word) => asked.has(word)).length;
    if (!best || shared > best.shared) best = { citation, shared };
  }
  return best?.citation;
}

function* passages(turn: Turn): Generator<Citation> {
  const documents = turn.messages
    .flatMap((message) => message.parts)
    .filter((part) => part.kind === "media" && part.media === "document");
  for (const [documentIndex, document] of documents.entries()) {
    if (document.kind !== "media" || !document.cited) continue;
    const { pieces, location } = document.cited;
    const title = document.name ?? "";
    for (const [index, piece] of pieces.entries()) {
      if (location === "documentPage") yield { title, source: piece, location, documentIndex, start: 1, end: 2 };
      else if (location === "documentChunk")
        yield { title, source: piece, location, documentIndex, start: index, end: index + 1 };
      else
        for (const { 0: source, index: start } of piece.matchAll(sentence))
          yield { title, source, location, documentIndex, start, end: start + source.length };
    }
  }
}

/** A sentence with the white space after it. */
const sentence = /[^.!?\n]+[.!?\n]*\s*/g;

/** An answer that quotes a passage: what it says of its own, then the cited words. */
export function* quote(citation: Citation, pieces: (text: string) => Iterable<AnswerEvent>): Generator<AnswerEvent> {
  yield* pieces(`According to ${citation.title}: `);
  yield { kind: "citation", citation };
  yield* pieces(citation.source.trim().replace(new RegExp(`^${escapeRegExp(citation.title)}:\\s*`), ""));
  yield { kind: "citedEnd" };
}
