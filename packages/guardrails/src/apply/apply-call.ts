import type {
  ApplyGuardrailCommand,
  ApplyGuardrailCommandOutput,
  BedrockRuntimeClient,
} from "@aws-sdk/client-bedrock-runtime";
import type { AwsSession } from "@clawrock/aws-auth";
import { BedrockError, type GuardQualifier, toBedrockError } from "@clawrock/conversation";
import type { GuardrailConfig } from "../config.ts";
import { explainAssessments, type TraceExplanation } from "../explain-trace.ts";
import type { GuardrailAssessmentLike, GuardrailCoverageLike } from "../trace.ts";

/** One block of a call. */
export type CallContent =
  | { readonly text: { readonly text: string; readonly qualifiers?: readonly GuardQualifier[] } }
  | { readonly image: { readonly format: "png" | "jpeg"; readonly source: { readonly bytes: Uint8Array } } };

export interface CallInput {
  readonly source: "INPUT" | "OUTPUT";
  readonly outputScope: "INTERVENTIONS" | "FULL";
  readonly content: readonly CallContent[];
}

/** What the service made of one call. */
export interface CallAnswer {
  readonly action: TraceExplanation["action"];
  /** The masked text, or the guardrail's message in place of what was blocked; `undefined` with `none`. */
  readonly output: string | undefined;
  readonly assessments: readonly (GuardrailAssessmentLike | null)[];
  readonly reason: string | undefined;
  readonly usage: object | undefined;
  readonly coverage: GuardrailCoverageLike | undefined;
}

export type ApplyCall = (input: CallInput, signal: AbortSignal) => Promise<CallAnswer>;

/** Throttled calls are sent again with growing pauses; the service has few text units a second for an account. */
const MAX_ATTEMPTS = 8;

/** ApplyGuardrail through the AWS SDK, which is loaded with the first call. */
export function applyCaller(aws: AwsSession, { guardrailIdentifier, guardrailVersion }: GuardrailConfig): ApplyCall {
  let ready: Promise<{ Command: typeof ApplyGuardrailCommand; client: BedrockRuntimeClient }> | undefined;
  const load = async () => {
    // By name, so that a bundler leaves the other commands out.
    const { ApplyGuardrailCommand, BedrockRuntimeClient } = await import("@aws-sdk/client-bedrock-runtime");
    const config = { ...aws.clientConfig("bedrock-runtime"), maxAttempts: MAX_ATTEMPTS };
    return { Command: ApplyGuardrailCommand, client: new BedrockRuntimeClient(config) };
  };
  const action = `Applying guardrail ${guardrailIdentifier}`;
  return async (input, abortSignal) => {
    try {
      ready ??= load();
      const { Command, client } = await ready;
      const command = new Command({
        guardrailIdentifier,
        guardrailVersion,
        source: input.source,
        outputScope: input.outputScope,
        content: input.content.map(toSdk),
      });
      return readAnswer(await client.send(command, { abortSignal }), guardrailIdentifier);
    } catch (error) {
      throw toBedrockError(error, { action, region: aws.region.name });
    }
  };
}

function toSdk(content: CallContent) {
  if ("image" in content) return { image: { format: content.image.format, source: { ...content.image.source } } };
  const { text, qualifiers } = content.text;
  return { text: { text, ...(qualifiers && { qualifiers: [...qualifiers] }) } };
}

/** An answer that does not say clearly that a text may pass is no leave to pass. */
function readAnswer(answer: ApplyGuardrailCommandOutput, guardrailId: string): CallAnswer {
  const { action, actionReason, usage, guardrailCoverage } = answer;
  const assessments = answer.assessments ?? [];
  const common = { assessments, reason: actionReason, usage, coverage: guardrailCoverage };
  if (action === "NONE") return { ...common, action: "none", output: undefined };
  if (action !== "GUARDRAIL_INTERVENED") throw unclear(guardrailId, `the action ${JSON.stringify(action)}`);
  const explained = explainAssessments(assessments, { guardrailId, source: "prompt", reason: actionReason });
  const outputs = (answer.outputs ?? []).flatMap(({ text }) => (typeof text === "string" ? [text] : []));
  if (explained.action !== "masked") return { ...common, action: "blocked", output: outputs.join("\n") || undefined };
  if (outputs.length === 0) throw unclear(guardrailId, "a text that was masked, without the text");
  return { ...common, action: "masked", output: outputs.join("") };
}

function unclear(guardrailId: string, what: string): BedrockError {
  const problem = `The answer of guardrail ${guardrailId} holds ${what}`;
  return new BedrockError({ kind: "protocol", problem, fix: "Treat the text as not checked, and try again" });
}
