import type { GuardedContent } from "./content.ts";
import { wholeWord } from "./whole-word.ts";

export type FilterStrength = "NONE" | "LOW" | "MEDIUM" | "HIGH";
type Confidence = Exclude<FilterStrength, "NONE">;

/** A filter of harmful content, told by phrases; `PROMPT_ATTACK` looks at inputs only. */
export interface ContentFilter {
  readonly type: "HATE" | "INSULTS" | "SEXUAL" | "VIOLENCE" | "MISCONDUCT" | "PROMPT_ATTACK";
  readonly inputStrength: FilterStrength;
  readonly outputStrength: FilterStrength;
  /** Phrases by the confidence with which they are found, in any case. */
  readonly phrases: Readonly<Partial<Record<Confidence, readonly string[]>>>;
  /** Looks at guarded images too: the phrases in the bytes of an image, as its comment or title holds them. */
  readonly images?: boolean;
}

export interface FilterFinding {
  readonly type: ContentFilter["type"];
  readonly confidence: FilterStrength;
  readonly filterStrength: FilterStrength;
  readonly action: "BLOCKED" | "NONE";
  readonly detected: boolean;
}

const confidences = ["HIGH", "MEDIUM", "LOW"] as const;

/** The stronger a filter, the less confidence it needs (https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-content-filters-overview.html). */
const needed: Readonly<Record<FilterStrength, readonly Confidence[]>> = {
  NONE: [],
  LOW: ["HIGH"],
  MEDIUM: ["HIGH", "MEDIUM"],
  HIGH: ["HIGH", "MEDIUM", "LOW"],
};

/** What a filter finds in an input or an answer; `undefined` where it does not look. */
export function filterContent(
  filter: ContentFilter,
  { texts, images = [] }: GuardedContent,
  source: "INPUT" | "OUTPUT",
): FilterFinding | undefined {
  const filterStrength = source === "INPUT" ? filter.inputStrength : filter.outputStrength;
  if (filterStrength === "NONE" || (source === "OUTPUT" && filter.type === "PROMPT_ATTACK")) return undefined;
  const seen = filter.images ? images.map((bytes) => Buffer.from(bytes).toString("latin1")) : [];
  const text = [...texts, ...seen].join("\n");
  const confidence = confidences.find((level) => filter.phrases[level]?.some((phrase) => wholeWord(phrase).test(text)));
  const blocked = confidence !== undefined && needed[filterStrength].includes(confidence);
  return {
    type: filter.type,
    confidence: confidence ?? "NONE",
    filterStrength,
    action: blocked ? "BLOCKED" : "NONE",
    detected: blocked,
  };
}
