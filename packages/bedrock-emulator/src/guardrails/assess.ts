import { escapeRegExp } from "../engine/choose-tool.ts";

export interface WordFinding {
  readonly match: string;
  readonly action: "BLOCKED";
  readonly detected: true;
}

export interface Assessment {
  readonly wordPolicy?: { readonly customWords: readonly WordFinding[]; readonly managedWordLists: readonly never[] };
  readonly invocationMetrics: {
    readonly guardrailProcessingLatency: number;
    readonly usage: Readonly<Record<string, number>>;
    readonly guardrailCoverage: { readonly textCharacters: { readonly guarded: number; readonly total: number } };
  };
}

/** Every entry of a word list that stands in a text as a whole word, as the text spells it. */
export function wordPolicyFindings(entries: readonly string[], text: string): WordFinding[] {
  return entries.flatMap((entry) => {
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${escapeRegExp(entry)}(?![\\p{L}\\p{N}])`, "iu");
    const match = pattern.exec(text)?.[0];
    return match === undefined ? [] : [{ match, action: "BLOCKED", detected: true }];
  });
}

/** Characters of one text unit. */
const unitCharacters = 1_000;

/** What an assessment is billed for: a text unit for each thousand characters begun. */
export function countUnits(text: string): Readonly<Record<string, number>> {
  return {
    automatedReasoningPolicies: 0,
    automatedReasoningPolicyUnits: 0,
    contentPolicyImageUnits: 0,
    contentPolicyUnits: 0,
    contextualGroundingPolicyUnits: 0,
    sensitiveInformationPolicyFreeUnits: 0,
    sensitiveInformationPolicyUnits: 0,
    topicPolicyUnits: 0,
    wordPolicyUnits: Math.ceil(text.length / unitCharacters),
  };
}
