import type { Known, ModelCapabilities, ModelName, Sampling, ToolSupport } from "../types.ts";

/** What the rules of a family say about one model. A field they do not know is absent. */
export type Traits = Partial<Omit<ModelCapabilities, "baseId" | "family">>;

/** The rules of one family. */
export interface FamilyRules {
  /** Key of the family, as `ModelCapabilities.family` gives it. */
  readonly family: string;
  /** Whether the family holds the model. Most go by the name, which Mantle's vendor-less ids have too. */
  readonly holds: (name: string, vendor: string | undefined) => boolean;
  readonly traits: (model: ModelName) => Traits;
}

/** Where a rule stands: a page, or nowhere but in experience (`assumed`). */
export interface RuleSource {
  readonly url?: string;
  readonly assumed?: boolean;
}

/** A value known by the rule of that name. */
export function byRule<T>(rule: string, value: T, source: RuleSource = {}): Known<T> {
  return { value, provenance: { from: "rule", rule, ...source } };
}

/** The traits of a model nobody has seen: the newest rules of its family, every one of them an assumption. */
export function inherited(traits: Traits): Traits {
  const marked = Object.entries(traits).map(([field, known]) => {
    const { provenance } = known;
    return [field, provenance.from === "rule" ? { ...known, provenance: { ...provenance, assumed: true } } : known];
  });
  return Object.fromEntries(marked);
}

/** Context window and output limit in tokens. */
export function limits(
  rule: string,
  contextWindow: number,
  maxOutputTokens: number,
  source: RuleSource = {},
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
    tools: byRule(rule, NO_TOOLS),
    systemPrompt: byRule(rule, false),
    sampling: byRule(rule, {
      temperature: false,
      topP: false,
      both: false,
      stopSequences: false,
      whileThinking: false,
    }),
  };
}

/** Pages of the Amazon Bedrock user guide. */
export function userGuide(page: string): string {
  return `https://docs.aws.amazon.com/bedrock/latest/userguide/${page}.html`;
}
