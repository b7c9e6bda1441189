import type { AwsSession } from "@clawrock/aws-auth";
import { createConverse } from "@clawrock/bedrock-converse";
import { BedrockError, toBedrockError } from "@clawrock/conversation";
import { capabilitiesOf, parseModelRef, priceOf } from "@clawrock/model-capabilities";
import type { ProbeReport } from "./report.ts";

export interface Probed {
  readonly report: ProbeReport;
  readonly error: BedrockError | undefined;
}

const PROMPT = "Reply with one word: ready";
/** A generous count of what the prompt can become. */
const INPUT_TOKENS = 64;
/** Room for a model that cannot stop thinking. */
const OUTPUT_TOKENS = 64;

/** What the probe will cost, said before it is made. */
export function costBefore(model: string): string {
  const most = atMost(model);
  const price = most === undefined ? "its price is not known" : `at most ${usd(most)}`;
  return `One short turn of ${model} is sent and billed: ${price} (${INPUT_TOKENS} tokens in, ${OUTPUT_TOKENS} out).`;
}

/** USD with the digits that tell something of so small an amount. */
export function usd(amount: number): string {
  return `$${amount.toFixed(6)}`;
}

/** One short turn. Never throws. */
export async function probeModel(aws: AwsSession, model: string): Promise<Probed> {
  const began = performance.now();
  let firstTokenMs: number | undefined;
  const report = { model, atMostUsd: atMost(model) };
  try {
    const converse = createConverse({ aws });
    const messages = [{ role: "user" as const, content: PROMPT, timestamp: Date.now() }];
    const stream = converse.stream(
      { model, messages, maxTokens: OUTPUT_TOKENS, thinking: "off", cacheRetention: "none" },
      { signal: AbortSignal.timeout(60_000) },
    );
    for await (const { type } of stream) {
      if (type === "text_delta" || type === "thinking_delta") firstTokenMs ??= Math.round(performance.now() - began);
    }
    const { stopReason, errorMessage, errorCode, content, usage } = await stream.result();
    if (stopReason === "error" || stopReason === "aborted") {
      const kind = (errorCode ?? "unknown") as BedrockError["kind"];
      throw new BedrockError({ kind, problem: errorMessage ?? "The turn failed" });
    }
    const text = content.map((block) => (block.type === "text" ? block.text : "")).join("");
    return {
      report: { ...report, ok: true, answer: text.trim(), costUsd: known(usage.cost.total), firstTokenMs },
      error: undefined,
    };
  } catch (thrown) {
    const error = toBedrockError(thrown);
    return { report: { ...report, ok: false, answer: error.message, costUsd: undefined, firstTokenMs }, error };
  }
}

function atMost(model: string): number | undefined {
  return priceOf(capabilitiesOf(parseModelRef(model)), { input: INPUT_TOKENS, output: OUTPUT_TOKENS })?.total;
}

function known(cost: number): number | undefined {
  return cost > 0 ? cost : undefined;
}
