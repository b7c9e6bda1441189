import { BedrockError } from "@clawrock/conversation";
import { parseGuardrailConfig } from "../config.ts";
import { explainAssessments } from "../explain-trace.ts";
import { parseGuardrailIdentifier } from "../identifier.ts";
import { sumCoverage, sumUsage } from "../metrics.ts";
import { checkGuardrailPlace } from "../place.ts";
import { applyCaller } from "./apply-call.ts";
import { createGate } from "./gate.ts";
import type { Guardrail, GuardrailOptions, GuardrailSource, GuardrailVerdict } from "./guardrail-types.ts";
import { type JudgedContent, judgeContent } from "./judge-content.ts";
import { judgedParts, withVerdict } from "./message-verdict.ts";

/**
 * A guardrail to be applied by itself. Nothing is sent and no SDK loaded before the first text. One given by ARN is asked in
 * its region.
 *
 * @throws BedrockError of kind `wrong-region` where the session was told another region than the ARN's, `invalid-config`
 */
export function createGuardrail(options: GuardrailOptions): Guardrail {
  const { maxCharacters = 25_000, concurrency = 4 } = options;
  const guardrail = parseGuardrailConfig(options.guardrail);
  checkWhole("concurrency", concurrency, 1);
  checkWhole("maxCharacters", maxCharacters, 10);
  const arnRegion = parseGuardrailIdentifier(guardrail.guardrailIdentifier)?.region;
  const aws = arnRegion === undefined ? options.aws : options.aws.in({ arnRegion });
  checkGuardrailPlace(guardrail, { region: aws.region.name });
  const call = applyCaller(aws, guardrail);
  const gate = createGate(concurrency);

  const id = parseGuardrailIdentifier(guardrail.guardrailIdentifier)?.id ?? guardrail.guardrailIdentifier;

  const apply: Guardrail["apply"] = async (request, { signal } = {}) =>
    verdictOf(await judgeContent(request, { call, gate, maxCharacters, signal }), id, request.source);

  return {
    apply,
    async applyToMessage(message, callOptions) {
      const source = message.role === "assistant" ? "output" : message.role === "user" ? "input" : "tool-result";
      const verdict = await apply({ source, content: judgedParts(message) }, callOptions);
      return { message: withVerdict(message, verdict), verdict };
    },
  };
}

function verdictOf(judged: JudgedContent, guardrailId: string, source: GuardrailSource): GuardrailVerdict {
  const { content, stopper, reported, answered } = judged;
  const assessments = reported.flatMap((answer) => answer.assessments);
  const masked = reported.some(({ action }) => action === "masked");
  const reason = reported.find(({ action }) => action !== "none")?.reason ?? reported[0]?.reason;
  const side = source === "output" ? "answer" : "prompt";
  return {
    action: stopper ? "blocked" : masked ? "masked" : "none",
    content,
    text: content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n"),
    message: stopper?.output,
    explanation: explainAssessments(assessments, { guardrailId, source: side, reason }),
    assessments,
    usage: sumUsage(answered.map(({ usage }) => usage)),
    coverage: sumCoverage(answered.map(({ coverage }) => coverage)),
    calls: answered.length,
  };
}

/**
 * A blocked verdict as an error of kind `guardrail-blocked` that says which policy acted; `undefined` for any other.
 */
export function guardrailError({ action, explanation, message }: GuardrailVerdict): BedrockError | undefined {
  if (action !== "blocked") return undefined;
  const problem = explanation.text || `A guardrail blocked the text${message ? `: ${message}` : ""}`;
  return new BedrockError({ kind: "guardrail-blocked", problem, fix: "Change the text, or the guardrail's policy" });
}

function checkWhole(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  const problem = `The option ${name} is ${value}`;
  throw new BedrockError({ kind: "invalid-config", problem, fix: `Give a whole number of at least ${least}` });
}
