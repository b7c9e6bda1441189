/**
 * What was done about it. `blocked`: the whole text was replaced by the guardrail's message. `masked`: the service's
 * `ANONYMIZED`, the text went on with placeholders. `detected`: seen and let pass, as the guardrail is configured or
 * because the policy only reports. `other`: an action that this version does not know.
 */
export type FindingAction = "blocked" | "masked" | "detected" | "other";

/** What automated reasoning made of the claims in a text. */
export type ReasoningResult =
  | "valid"
  | "invalid"
  | "satisfiable"
  | "impossible"
  | "translation-ambiguous"
  | "too-complex"
  | "no-translations"
  | "unknown";

/** One thing a policy saw. It never holds the text that was judged. */
export type GuardrailFinding =
  | { readonly policy: "topic"; readonly action: FindingAction; readonly name: string }
  | {
      readonly policy: "content";
      readonly action: FindingAction;
      readonly type: string;
      readonly confidence: string | undefined;
      readonly strength: string | undefined;
    }
  | { readonly policy: "word"; readonly action: FindingAction; readonly word: string }
  | { readonly policy: "word-list"; readonly action: FindingAction; readonly type: string }
  | { readonly policy: "pii"; readonly action: FindingAction; readonly type: string }
  | { readonly policy: "regex"; readonly action: FindingAction; readonly name: string | undefined }
  | {
      readonly policy: "grounding";
      readonly action: FindingAction;
      readonly type: string;
      /** 0 to 1. */
      readonly score: number | undefined;
      readonly threshold: number | undefined;
    }
  | {
      readonly policy: "automated-reasoning";
      /** Always `detected`: the policy reports and leaves the decision to the caller. */
      readonly action: FindingAction;
      readonly result: ReasoningResult;
      /** Identifiers of the rules that contradict or support the claims. */
      readonly rules: readonly string[];
      /** Of the translation into logic, 0 to 1. */
      readonly confidence: number | undefined;
    }
  /** A policy that this version does not know; `name` is the service's, e.g. `futurePolicy`. */
  | { readonly policy: "unknown"; readonly action: FindingAction; readonly name: string };

/** Whether a policy did something about what it saw. */
export function acted({ action }: { readonly action: FindingAction }): boolean {
  return action !== "detected";
}

/** The service's word for what was done; `undefined` where nothing was seen. */
export function actionOf(item: {
  readonly action?: unknown;
  readonly detected?: boolean | null | undefined;
}): FindingAction | undefined {
  switch (item.action) {
    case "BLOCKED":
      return "blocked";
    case "ANONYMIZED":
      return "masked";
    case "NONE":
    case null:
    case undefined:
      return item.detected === true ? "detected" : undefined;
    default:
      return "other";
  }
}
