import type { Assessment } from "./assess.ts";

/** `trace.guardrail` of an answer, as recorded: the input's assessment by guardrail id, the output's as a list. */
export function guardrailTrace(
  id: string,
  blocked: boolean,
  input: Assessment,
  output?: { readonly assessment: Assessment; readonly modelOutput: string },
): object {
  return {
    guardrail: {
      actionReason: blocked ? "Guardrail blocked." : "No action.",
      inputAssessment: { [id]: input },
      ...(output && { modelOutput: [output.modelOutput], outputAssessments: { [id]: [output.assessment] } }),
    },
  };
}
