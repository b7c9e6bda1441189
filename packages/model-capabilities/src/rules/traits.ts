import type { Known, ModelCapabilities, ModelName, Sampling, ToolSupport } from "../types.ts";
import { ASSUMED, FEATURES, TABLES } from "./sources.ts";

/** What the rules of a family say about one model. A field they do not know is absent. */
export type Traits = Partial<Omit<ModelCapabilities, "baseId" | "family">>;

/** The rules of one family. */
export interface FamilyRules {
  /** Key of the family, as `ModelCapabilities.family` gives it. */
  readonly family: string;
  /** Whether the family holds the model. Most go by the name, which Mantle's vendor-less ids have too. */
  readonly holds: (name: string, vendor: string | undefined) => boolean;
  readonly traits: (model: ModelName) => Traits;
  /** What of a model decides about its traits, in few words: of models alike in them the traits are worked out once. */
  readonly likeness?: (model: ModelName) => string;
}

/** Where a rule stands: a page, and what is there; or nowhere (`assumed`). */
export interface RuleSource {
  readonly url?: string;
  readonly basis?: "recorded" | "reported" | "code";
  readonly assumed?: boolean;
}

/** A value known by the rule of that name; one without a source is an assumption. */
export function byRule<T>(rule: string, value: T, source: RuleSource = ASSUMED): Known<T> {
  return { value, provenance: { from: "rule", rule, ...source } };
}

/** The traits of a model nobody has seen: the newest rules of its family, every one of them an assumption. */
export function inherited(traits: Traits): Traits {
  const marked: Record<string, Known<unknown>> = { ...traits };
  for (const field in marked) {
    const known = marked[field];
    if (known?.provenance.from !== "rule" || known.provenance.assumed === true) continue;
    marked[field] = { value: known.value, provenance: { ...known.provenance, assumed: true } };
  }
  return marked as Traits;
}

/** Context window and output limit in tokens, by default as the tables of clients have them. */
export function limits(
  rule: string,
  contextWindow: number,
  maxOutputTokens: number,
  source: RuleSource = TABLES,
): Pick<Traits, "contextWindow" | "maxOutputTokens"> {
  return {
    contextWindow: byRule(rule, contextWindow, source),
    maxOutputTokens: byRule(rule, maxOutputTokens, source),
  };
}

/** Temperature and topP, together, with stop sequences: what most families take. */
export const FULL_SAMPLING: Sampling = {
  temperature: true,
  topP: true,
  both: true,
  stopSequences: true,
  whileThinking: true,
};

/** As `FULL_SAMPLING`, without stop sequences. */
export const SAMPLING_WITHOUT_STOP: Sampling = { ...FULL_SAMPLING, stopSequences: false };

const NO_SAMPLING: Sampling = {
  temperature: false,
  topP: false,
  both: false,
  stopSequences: false,
  whileThinking: false,
};

/** Tools as most open-weight families take them: streamed, the model's choice, results alone in their turn. */
export const AUTO_TOOLS: ToolSupport = {
  supported: true,
  streaming: true,
  choice: ["auto"],
  forcedChoiceRefusedWhileThinking: false,
  strict: false,
  imagesInResults: false,
  documentsInResults: false,
  mixedResults: true,
  resultStatus: true,
};

export const NO_TOOLS: ToolSupport = { ...AUTO_TOOLS, supported: false, streaming: false, choice: [] };

/** Models that are asked by InvokeModel only: no conversation, so nothing of Converse applies. */
export function notConversational(rule: string): Traits {
  return {
    tools: byRule(rule, NO_TOOLS, FEATURES),
    systemPrompt: byRule(rule, false, FEATURES),
    sampling: byRule(rule, NO_SAMPLING, FEATURES),
  };
}
