import type { Citation } from "../engine/turn.ts";

/** A citation as Anthropic's Messages API writes it (https://docs.claude.com/en/docs/build-with-claude/citations). */
export function claudeCitation({ title, source, location, documentIndex, start, end }: Citation): object {
  const cited = { cited_text: source, document_index: documentIndex, document_title: title };
  switch (location) {
    case "documentChar":
      return { type: "char_location", ...cited, start_char_index: start, end_char_index: end };
    case "documentPage":
      return { type: "page_location", ...cited, start_page_number: start, end_page_number: end };
    case "documentChunk":
      return { type: "content_block_location", ...cited, start_block_index: start, end_block_index: end };
  }
}
