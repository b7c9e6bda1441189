import { BedrockError } from "@clawrock/conversation";
import type { CallContent } from "./apply-call.ts";

/**
 * What answers must be grounded in (up to 100,000 characters together) and the question they must be relevant to (up to 1,000).
 * Answers longer than 5,000 characters are judged in pieces.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-contextual-grounding-check.html
 */
export interface Grounding {
  readonly sources: readonly string[];
  readonly query: string;
}

const MAX_SOURCE = 100_000;
const MAX_QUERY = 1000;

/** @throws BedrockError of kind `invalid-config` for what is missing or longer than the service takes. */
export function groundingContent(grounding: Grounding | undefined): CallContent[] {
  if (!grounding) return [];
  const { sources, query } = grounding;
  const said = sources.filter((source) => source.trim() !== "");
  const length = said.reduce((sum, source) => sum + source.length, 0);
  if (said.length === 0) throw invalid("grounding.sources holds no text", "Give at least one source");
  if (query.trim() === "") throw invalid("grounding.query is blank", "Give the question that the text answers");
  if (length > MAX_SOURCE) {
    throw invalid(`grounding.sources have ${length} characters together`, `Give at most ${MAX_SOURCE}`);
  }
  if (query.length > MAX_QUERY) {
    throw invalid(`grounding.query has ${query.length} characters`, `Give at most ${MAX_QUERY}`);
  }
  return [
    ...said.map((source) => ({ text: { text: source.toWellFormed(), qualifiers: ["grounding_source"] as const } })),
    { text: { text: query.toWellFormed(), qualifiers: ["query"] as const } },
  ];
}

function invalid(problem: string, fix: string): BedrockError {
  return new BedrockError({ kind: "invalid-config", problem, fix });
}
