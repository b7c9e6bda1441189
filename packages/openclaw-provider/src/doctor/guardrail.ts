import type { AwsSession } from "@clawrock/aws-auth";
import { BedrockError, toBedrockError } from "@clawrock/conversation";
import { type GuardrailConfig, lookUpGuardrail } from "@clawrock/guardrails";
import type { GuardrailReport } from "./report.ts";
import { within } from "./within.ts";

export interface ExaminedGuardrail {
  readonly report: GuardrailReport;
  /** Why its look-up failed. */
  readonly failure: BedrockError | undefined;
  /** What stands in the way of turns with it. */
  readonly problem: BedrockError | undefined;
  /** Whether AWS was asked. */
  readonly asked: boolean;
}

const PATIENCE_MS = 15_000;
/** A guardrail in one of these states is not applied as it is written. */
const FIXES: Readonly<Record<string, string>> = {
  FAILED: "Look at it in the Bedrock console, mend it and publish another version",
  DELETING: "Name another guardrail",
};

/**
 * Whether the configured guardrail is there and ready. That the identity may not look is no problem: turns need another
 * permission.
 */
export async function examineGuardrail(
  aws: AwsSession,
  guardrail: GuardrailConfig,
  known: boolean,
): Promise<ExaminedGuardrail> {
  const { guardrailIdentifier: identifier, guardrailVersion: version } = guardrail;
  const unseen: GuardrailReport = { identifier, version, state: "unknown", detail: undefined, name: undefined };
  if (!known) return { report: unseen, failure: undefined, problem: undefined, asked: false };
  try {
    const what = `Looking up guardrail ${identifier}`;
    const { name, status, statusReasons } = await within(PATIENCE_MS, what, (signal) =>
      lookUpGuardrail({ aws, guardrail, signal }),
    );
    if (status === "READY") {
      const report: GuardrailReport = { ...unseen, name, state: "ready" };
      return { report, failure: undefined, problem: undefined, asked: true };
    }
    const problem = notReady(guardrail, status, statusReasons);
    const report: GuardrailReport = { ...unseen, name, state: "not ready", detail: problem.problem };
    return { report, failure: undefined, problem, asked: true };
  } catch (error) {
    const failure = toBedrockError(error);
    const missing = failure.kind === "invalid-config" || failure.kind === "wrong-region";
    const state = missing ? "missing" : "unknown";
    return {
      report: { ...unseen, state, detail: failure.message },
      failure,
      problem: missing ? failure : undefined,
      asked: true,
    };
  }
}

function notReady({ guardrailIdentifier, guardrailVersion }: GuardrailConfig, status: string, why: readonly string[]) {
  const reasons = why.length > 0 ? `: ${why.join(" ")}` : "";
  return new BedrockError({
    kind: "invalid-config",
    problem: `Guardrail ${guardrailIdentifier}, version ${guardrailVersion}, is ${status}${reasons}`,
    fix: FIXES[status] ?? "Wait until it is READY",
  });
}
