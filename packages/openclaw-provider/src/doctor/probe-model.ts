import type { AwsSession } from "@clawrock/aws-auth";
import { createConverse } from "@clawrock/bedrock-converse";
import { type AssistantMessageStream, BedrockError, toBedrockError } from "@clawrock/conversation";
import type { GuardrailConfig } from "@clawrock/guardrails";
import { createMantle } from "@clawrock/mantle-openai";
import { capabilitiesOf, parseModelRef, priceOf } from "@clawrock/model-capabilities";
import { isErrorKind } from "../errors/failover.ts";
import type { ProbeTarget } from "./probe-target.ts";
import type { ProbeReport } from "./report.ts";
import { within } from "./within.ts";

export interface Probed {
  readonly report: ProbeReport;
  readonly error: BedrockError | undefined;
}

export interface ProbeCircumstances {
  readonly aws: AwsSession;
  readonly target: ProbeTarget;
  /** Applied as in every turn of Converse; Mantle has none. */
  readonly guardrail: GuardrailConfig | undefined;
}

const PROMPT = "Reply with one word: ready";
/** A generous count of what the prompt can become. */
const INPUT_TOKENS = 64;
/** Room for a model that cannot stop thinking. */
const OUTPUT_TOKENS = 64;
const PATIENCE_MS = 60_000;

/** What the probe will cost, said before it is made. */
export function costBefore(model: string, guarded: boolean): string {
  const most = atMost(model);
  const price = most === undefined ? "its price is not known" : `at most ${usd(most)}`;
  const more = guarded ? ", and the guardrail's policies by AWS's prices for them" : "";
  return `One short turn of ${model} is sent and billed: ${price} (${INPUT_TOKENS} tokens in, ${OUTPUT_TOKENS} out)${more}.`;
}

/** USD with the digits that tell something of so small an amount. */
export function usd(amount: number): string {
  return `$${amount.toFixed(6)}`;
}

/** One short turn through the provider and the route that a turn of OpenClaw would take. Never throws. */
export async function probeModel({ aws, target, guardrail }: ProbeCircumstances): Promise<Probed> {
  const { provider, model } = target;
  const guarded = guardrail !== undefined && !target.mantle;
  const began = performance.now();
  let firstTokenMs: number | undefined;
  let via: string | undefined;
  const report = { provider, model, guarded, atMostUsd: atMost(model) };
  try {
    const turn = await within(PATIENCE_MS, `The turn of ${model}`, async (signal) => {
      const stream = target.mantle ? mantleTurn(aws, model, signal) : converseTurn(aws, target, guardrail, signal);
      for await (const { type } of stream) {
        if (type === "text_delta" || type === "thinking_delta") firstTokenMs ??= Math.round(performance.now() - began);
      }
      return stream.result();
    });
    via = turn.api;
    if (turn.stopReason === "error" || turn.stopReason === "aborted") {
      throw new BedrockError({ kind: kindOf(turn.errorCode), problem: turn.errorMessage ?? "The turn failed" });
    }
    const answer = turn.content
      .map((block) => (block.type === "text" ? block.text : ""))
      .join("")
      .trim();
    const costUsd = turn.usage.cost.total > 0 ? turn.usage.cost.total : undefined;
    return { report: { ...report, via, ok: true, answer, costUsd, firstTokenMs }, error: undefined };
  } catch (thrown) {
    const error = toBedrockError(thrown);
    return { report: { ...report, via, ok: false, answer: error.message, costUsd: undefined, firstTokenMs }, error };
  }
}

/** The report of a probe that would only wait for credentials which did not come before. */
export function notProbed({ provider, model }: ProbeTarget): Probed {
  const error = new BedrockError({
    kind: "no-credentials",
    problem: `The turn of ${model} was not sent, for there are no credentials that resolve`,
    fix: "See the problem of AWS",
  });
  const nothing = { via: undefined, guarded: false, costUsd: undefined, firstTokenMs: undefined };
  const report = { provider, model, atMostUsd: atMost(model), ok: false, answer: error.message, ...nothing };
  return { report, error };
}

function converseTurn(
  aws: AwsSession,
  { provider, model }: ProbeTarget,
  guardrail: GuardrailConfig | undefined,
  signal: AbortSignal,
): AssistantMessageStream {
  const converse = createConverse({ aws, provider, guardrail });
  const messages = [{ role: "user" as const, content: PROMPT, timestamp: Date.now() }];
  return converse.stream(
    { model, messages, maxTokens: OUTPUT_TOKENS, thinking: "off", cacheRetention: "none" },
    { signal },
  );
}

function mantleTurn(aws: AwsSession, model: string, signal: AbortSignal): AssistantMessageStream {
  const messages = [{ role: "user" as const, content: PROMPT, timestamp: Date.now() }];
  return createMantle({ aws, cache: false }).stream(
    { model, messages, maxTokens: OUTPUT_TOKENS, thinking: "off", cacheRetention: "none" },
    { signal },
  );
}

/** A stream says the kind of its error as any text; what is none is unknown. */
function kindOf(code: string | undefined): BedrockError["kind"] {
  return code !== undefined && isErrorKind(code) ? code : "unknown";
}

function atMost(model: string): number | undefined {
  return priceOf(capabilitiesOf(parseModelRef(model)), { input: INPUT_TOKENS, output: OUTPUT_TOKENS })?.total;
}
