import { escapeRegExp } from "../engine/choose-tool.ts";
import type { EmulatorGuardrail } from "./guardrail.ts";
import { piiPatterns } from "./pii.ts";

type Action = "BLOCKED" | "ANONYMIZED" | "NONE";

interface Finding {
  readonly action: Action;
  readonly detected: boolean;
}

export interface Assessment {
  readonly topicPolicy?: { readonly topics: readonly (Finding & { readonly name: string; readonly type: "DENY" })[] };
  readonly wordPolicy?: {
    readonly customWords: readonly (Finding & { readonly match: string })[];
    readonly managedWordLists: readonly never[];
  };
  readonly sensitiveInformationPolicy?: {
    readonly piiEntities: readonly (Finding & { readonly match: string; readonly type: string })[];
    readonly regexes: readonly (Finding & { readonly match: string; readonly name: string; readonly regex: string })[];
  };
  readonly invocationMetrics: {
    readonly guardrailProcessingLatency: number;
    readonly usage: Readonly<Record<string, number>>;
    readonly guardrailCoverage: { readonly textCharacters: { readonly guarded: number; readonly total: number } };
  };
}

/** What a guardrail makes of texts. */
export interface Verdict {
  readonly blocked: boolean;
  readonly masked: boolean;
  /** The texts with what is to be hidden as `{TYPE}`, in order. */
  readonly texts: readonly string[];
  readonly assessment: Assessment;
}

/**
 * Assesses texts by the policies of a guardrail. `everything` reports what was looked for and not found, too, as `outputScope`
 * `FULL` and `trace` `enabled_full` do.
 */
export function assess(guardrail: EmulatorGuardrail, texts: readonly string[], everything = false): Verdict {
  const text = texts.join("\n");
  const reported = (found: { readonly detected: boolean }): boolean => everything || found.detected;
  const topics = (guardrail.topics ?? []).map(({ name, phrases }) => {
    const detected = phrases.some((phrase) => wholeWord(phrase).test(text));
    return { name, type: "DENY" as const, action: detected ? ("BLOCKED" as const) : ("NONE" as const), detected };
  });
  const words = guardrail.words.flatMap((entry) => {
    const match = wholeWord(entry).exec(text)?.[0];
    return match === undefined ? [] : [{ match, action: "BLOCKED" as const, detected: true }];
  });
  const pii = (guardrail.pii ?? []).flatMap(({ type, action }) =>
    matchesOf(text, piiPatterns[type], action, everything).map((found) => ({ ...found, type })),
  );
  const regexes = (guardrail.regexes ?? []).flatMap(({ name, pattern, action }) =>
    matchesOf(text, new RegExp(pattern, "gu"), action, everything).map((found) => ({ ...found, name, regex: pattern })),
  );
  const sensitive = [...pii, ...regexes];
  const characters = texts.reduce((total, part) => total + part.length, 0);
  const shownTopics = topics.filter(reported);
  return {
    blocked: [...topics, ...words, ...sensitive].some((found) => found.action === "BLOCKED"),
    masked: sensitive.some((found) => found.action === "ANONYMIZED"),
    texts: texts.map((part) => mask(part, guardrail)),
    assessment: {
      ...(shownTopics.length > 0 && { topicPolicy: { topics: shownTopics } }),
      ...(words.length > 0 && { wordPolicy: { customWords: words, managedWordLists: [] } }),
      ...(sensitive.length > 0 && { sensitiveInformationPolicy: { piiEntities: pii, regexes } }),
      invocationMetrics: {
        guardrailProcessingLatency: 1,
        usage: countUnits(text, guardrail),
        guardrailCoverage: { textCharacters: { guarded: characters, total: characters } },
      },
    },
  };
}

/** An entry of a list as a whole word, in any case. */
function wholeWord(entry: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${escapeRegExp(entry)}(?![\\p{L}\\p{N}])`, "iu");
}

function matchesOf(
  text: string,
  pattern: RegExp,
  policy: "BLOCK" | "ANONYMIZE",
  everything: boolean,
): (Finding & { readonly match: string })[] {
  const action: Action = policy === "BLOCK" ? "BLOCKED" : "ANONYMIZED";
  const found = [...text.matchAll(pattern)].map(([match]) => ({ match, action, detected: true }));
  return found.length === 0 && everything ? [{ match: "", action: "NONE", detected: false }] : found;
}

/** A text in which what the policies hide stands as `{TYPE}`, or as the name of the pattern. */
function mask(text: string, guardrail: EmulatorGuardrail): string {
  const hidden = [
    ...(guardrail.pii ?? []).map(({ type, action }) => ({ pattern: piiPatterns[type], name: type, action })),
    ...(guardrail.regexes ?? []).map(({ name, pattern, action }) => ({
      pattern: new RegExp(pattern, "gu"),
      name,
      action,
    })),
  ];
  return hidden
    .filter(({ action }) => action === "ANONYMIZE")
    .reduce((masked, { pattern, name }) => masked.replaceAll(pattern, () => `{${name}}`), text);
}

/** Characters of one text unit. */
const unitCharacters = 1_000;

/** What an assessment is billed for: a text unit for each thousand characters begun, by policy. */
function countUnits(text: string, guardrail: EmulatorGuardrail): Readonly<Record<string, number>> {
  const units = Math.ceil(text.length / unitCharacters);
  const of = (list: readonly unknown[] | undefined): number => (list && list.length > 0 ? units : 0);
  return {
    automatedReasoningPolicies: 0,
    automatedReasoningPolicyUnits: 0,
    contentPolicyImageUnits: 0,
    contentPolicyUnits: 0,
    contextualGroundingPolicyUnits: 0,
    sensitiveInformationPolicyFreeUnits: of(guardrail.regexes),
    sensitiveInformationPolicyUnits: of(guardrail.pii),
    topicPolicyUnits: of(guardrail.topics),
    wordPolicyUnits: of(guardrail.words),
  };
}
