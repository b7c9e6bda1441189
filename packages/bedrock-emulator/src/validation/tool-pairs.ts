import { arrayAt, isJsonObject, type Json, type JsonObject, stringAt } from "../json.ts";
import { reported } from "../refusals/provenance.ts";
import { firstOf, memberOf, roleOf } from "./blocks.ts";
import type { ConverseRule } from "./rule.ts";

/** Messages of one role in a row are one turn to the models that take them. */
interface Span {
  readonly role: "user" | "assistant";
  readonly from: number;
  readonly messages: Json[];
}

interface Pair {
  /** Index of the message in which results are due, or stand. */
  readonly at: number;
  readonly uses: readonly string[];
  readonly results: readonly string[];
}

/** Tool uses with the results of the turn after them. */
function pairs(body: JsonObject): Pair[] {
  const spans: Span[] = [];
  for (const [at, message] of arrayAt(body, "messages").entries()) {
    const last = spans.at(-1);
    if (last?.role === roleOf(message)) last.messages.push(message);
    else spans.push({ role: roleOf(message), from: at, messages: [message] });
  }
  const found: Pair[] = [];
  for (const [index, span] of spans.entries()) {
    if (span.role === "assistant") {
      const next = spans[index + 1];
      // A tool of the server brings its result in the assistant's own turn.
      const served = new Set(idsOf(span, "toolResult"));
      found.push({
        at: span.from + span.messages.length,
        uses: idsOf(span, "toolUse").filter((id) => !served.has(id)),
        results: next ? idsOf(next, "toolResult") : [],
      });
    } else if (index === 0) {
      found.push({ at: 0, uses: [], results: idsOf(span, "toolResult") });
    }
  }
  return found;
}

function idsOf(span: Span, kind: "toolUse" | "toolResult"): string[] {
  return span.messages
    .flatMap((message) => arrayAt(message, "content"))
    .flatMap((block) => (isJsonObject(block) ? (stringAt(memberOf(block, kind), "toolUseId") ?? []) : []));
}

/** Every tool use has exactly one result, in the turn after it. */
export const toolPairRules: readonly ConverseRule[] = [
  {
    id: "tool-results-twice",
    refuses: "Two results for one tool use.",
    provenance: reported("BerriAI/litellm#20048"),
    check: ({ body }) =>
      firstOf(pairs(body), ({ at, results }) => {
        const twice = results.filter((id, index) => results.indexOf(id) !== index);
        return twice.length > 0
          ? `The toolResult blocks at messages.${at}.content contain duplicate Ids: ${[...new Set(twice)].join(", ")}`
          : undefined;
      }),
  },
  {
    id: "tool-results-missing",
    refuses: "A tool use without its result in the turn after it.",
    provenance: reported("agno-agi/agno#6698"),
    check: ({ body }) =>
      firstOf(pairs(body), ({ at, uses, results }) => {
        const missing = uses.filter((id) => !results.includes(id));
        return missing.length > 0
          ? `Expected toolResult blocks at messages.${at}.content for the following Ids: ${missing.join(", ")}`
          : undefined;
      }),
  },
  {
    id: "tool-results-exceed",
    refuses: "More results than the turn before has tool uses.",
    provenance: reported("All-Hands-AI/OpenHands#4912"),
    check: ({ body }) =>
      firstOf(pairs(body), ({ at, uses, results }) =>
        results.length > uses.length
          ? `The number of toolResult blocks at messages.${at}.content exceeds the number of toolUse blocks of previous turn.`
          : undefined,
      ),
  },
];
