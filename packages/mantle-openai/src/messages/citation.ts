import type { Citation } from "@clawrock/conversation";
import { text } from "../turn/json.ts";

/** Anthropic's places in a document, and Converse's names for them. */
const PLACES: Readonly<Record<string, readonly [name: string, start: string, end: string]>> = {
  char_location: ["documentChar", "start_char_index", "end_char_index"],
  page_location: ["documentPage", "start_page_number", "end_page_number"],
  content_block_location: ["documentChunk", "start_block_index", "end_block_index"],
};

/**
 * A citation of Anthropic's Messages as the conversation has it.
 * https://platform.claude.com/docs/en/build-with-claude/citations
 */
export function citationOf(cited: Record<string, unknown>): Citation {
  const title = text(cited["document_title"]) || text(cited["title"]);
  const source = text(cited["url"]) || text(cited["source"]);
  const words = text(cited["cited_text"]);
  const [place, start, end] = PLACES[text(cited["type"])] ?? [];
  const within = { documentIndex: cited["document_index"], start: cited[start ?? ""], end: cited[end ?? ""] };
  const location = place ? { [place]: within } : source ? { web: { url: source } } : undefined;
  return {
    ...(title && { title }),
    ...(source && { source }),
    ...(words && { sourceContent: [{ text: words }] }),
    ...(location && { location }),
  };
}
