import type { Assessment, Verdict } from "./assess.ts";

/** `No action.`, `Guardrail blocked.`, or `No action.` and `Guardrail masked.` on two lines, as recorded. */
export function actionReason(verdict: Pick<Verdict, "blocked" | "masked">): string {
  if (verdict.blocked) return "Guardrail blocked.";
  return verdict.masked ? "No action.\nGuardrail masked." : "No action.";
}

/**
 * `trace.guardrail` of an answer, as recorded: the input's assessment by guardrail id, the output's as a list. `modelOutput` is
 * what the model said, before it was masked.
 */
export function guardrailTrace(
  id: string,
  verdict: Pick<Verdict, "blocked" | "masked">,
  input: Assessment,
  output?: { readonly assessment: Assessment; readonly modelOutput: string },
): object {
  return {
    guardrail: {
      actionReason: actionReason(verdict),
      inputAssessment: { [id]: input },
      ...(output && { modelOutput: [output.modelOutput], outputAssessments: { [id]: [output.assessment] } }),
    },
  };
}
