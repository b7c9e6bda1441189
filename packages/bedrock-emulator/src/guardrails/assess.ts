import type { GuardedContent } from "./content.ts";
import { type FilterFinding, filterContent } from "./content-filter.ts";
import { checkGrounding, type GroundingFinding } from "./grounding.ts";
import type { EmulatorGuardrail } from "./guardrail.ts";
import { piiPatterns } from "./pii.ts";
import { wholeWord } from "./whole-word.ts";

type Action = "BLOCKED" | "ANONYMIZED" | "NONE";

interface Finding {
  readonly action: Action;
  readonly detected: boolean;
}

export interface Assessment {
  readonly contentPolicy?: { readonly filters: readonly FilterFinding[] };
  readonly contextualGroundingPolicy?: { readonly filters: readonly GroundingFinding[] };
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
    readonly guardrailCoverage: Readonly<Record<string, { readonly guarded: number; readonly total: number }>>;
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

export interface AssessOptions {
  /** An input or an answer: filters have a strength for each, and only answers are checked for grounding. */
  readonly source: "INPUT" | "OUTPUT";
  /** Reports what was looked for and not found, too, as `outputScope: FULL` and `trace: enabled_full` do. Default: false. */
  readonly everything?: boolean;
}

/** Assesses content by the policies of a guardrail. */
export function assess(
  guardrail: EmulatorGuardrail,
  content: GuardedContent,
  { source, everything = false }: AssessOptions,
): Verdict {
  const { texts, images = [] } = content;
  const text = texts.join("\n");
  const reported = (found: { readonly detected: boolean }): boolean => everything || found.detected;
  const filters = (guardrail.contentFilters ?? []).flatMap((filter) => filterContent(filter, content, source) ?? []);
  const grounding =
    source === "OUTPUT" && guardrail.contextualGrounding ? checkGrounding(guardrail.contextualGrounding, content) : [];
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
  const shownFilters = filters.filter((found) => reported(found) || found.confidence !== "NONE");
  const seeing = (guardrail.contentFilters ?? []).some((filter) => filter.images);
  return {
    blocked: [...topics, ...words, ...sensitive, ...filters, ...grounding].some((found) => found.action === "BLOCKED"),
    masked: sensitive.some((found) => found.action === "ANONYMIZED"),
    texts: texts.map((part) => mask(part, guardrail)),
    assessment: {
      ...(shownFilters.length > 0 && { contentPolicy: { filters: shownFilters } }),
      ...(grounding.length > 0 && { contextualGroundingPolicy: { filters: grounding } }),
      ...(shownTopics.length > 0 && { topicPolicy: { topics: shownTopics } }),
      ...(words.length > 0 && { wordPolicy: { customWords: words, managedWordLists: [] } }),
      ...(sensitive.length > 0 && { sensitiveInformationPolicy: { piiEntities: pii, regexes } }),
      invocationMetrics: {
        guardrailProcessingLatency: 1,
        usage: countUnits(guardrail, content, grounding.length > 0),
        guardrailCoverage: {
          textCharacters: { guarded: characters, total: characters },
          ...(images.length > 0 && { images: { guarded: seeing ? images.length : 0, total: images.length } }),
        },
      },
    },
  };
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
function countUnits(
  guardrail: EmulatorGuardrail,
  { texts, sources = [], queries = [], images = [] }: GuardedContent,
  grounded: boolean,
): Readonly<Record<string, number>> {
  const unitsOf = (said: readonly string[]): number => Math.ceil(said.join("\n").length / unitCharacters);
  const units = unitsOf(texts);
  const of = (list: readonly unknown[] | undefined): number => (list && list.length > 0 ? units : 0);
  return {
    automatedReasoningPolicies: 0,
    automatedReasoningPolicyUnits: 0,
    contentPolicyImageUnits: guardrail.contentFilters?.some((filter) => filter.images) ? images.length : 0,
    contentPolicyUnits: of(guardrail.contentFilters),
    contextualGroundingPolicyUnits: grounded ? unitsOf([...sources, ...queries, ...texts]) : 0,
    sensitiveInformationPolicyFreeUnits: of(guardrail.regexes),
    sensitiveInformationPolicyUnits: of(guardrail.pii),
    topicPolicyUnits: of(guardrail.topics),
    wordPolicyUnits: of(guardrail.words),
  };
}
