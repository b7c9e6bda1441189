import type { AwsSession } from "@clawrock/aws-auth";
import { BedrockError, type ImageContent, type Message, type TextContent } from "@clawrock/conversation";
import type { GuardrailConfig } from "../config.ts";
import { explainAssessments, type TraceExplanation } from "../explain-trace.ts";
import { parseGuardrailIdentifier } from "../identifier.ts";
import { type GuardrailCoverage, type GuardrailUsage, sumCoverage, sumUsage } from "../metrics.ts";
import { checkGuardrailPlace } from "../place.ts";
import { applyCaller, type CallAnswer, type CallContent } from "./apply-call.ts";
import { createGate } from "./gate.ts";
import { type Grounding, groundingContent } from "./grounding.ts";
import { imageContent } from "./image-content.ts";
import { judgeText } from "./judge-text.ts";
import { judgedParts, withVerdict } from "./message-verdict.ts";

/** Where a text comes from. The service judges what a model will read as `INPUT`, what it wrote as `OUTPUT`. */
export type GuardrailSource = "input" | "output" | "tool-result" | "memory";

export interface GuardrailOptions {
  readonly aws: AwsSession;
  /** Its `streamProcessingMode` and `trace` are of no use here. */
  readonly guardrail: GuardrailConfig;
  /** Calls at the same time, from all uses of this object. Default 4. */
  readonly concurrency?: number | undefined;
  /**
   * Characters (UTF-16 code units) of one call, from 10. Default 25,000, the service's quota of 25 text units where an account has
   * no other. https://docs.aws.amazon.com/general/latest/gr/bedrock.html
   */
  readonly maxCharacters?: number | undefined;
}

export interface ApplyRequest {
  readonly source: GuardrailSource;
  /** A text, or texts and images (PNG, JPEG). Each is judged by itself; blank texts are not. */
  readonly content: string | readonly (TextContent | ImageContent)[];
  /** What the texts must be grounded in, and the question they must answer. */
  readonly grounding?: Grounding | undefined;
  /** `full` reports what was looked for and not found, too, in `assessments`. Default `interventions`. */
  readonly outputScope?: "interventions" | "full" | undefined;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface GuardrailVerdict {
  readonly action: "none" | "masked" | "blocked";
  /** What was given, with what was masked as placeholders such as `{EMAIL}`. With `blocked`: as it was given. */
  readonly content: readonly (TextContent | ImageContent)[];
  /** The texts of `content`, joined by line breaks. */
  readonly text: string;
  /** What the guardrail says in place of what it blocked. */
  readonly message: string | undefined;
  /** What each policy saw, as data and in words. */
  readonly explanation: TraceExplanation;
  /** As the service gave them, in the order of the texts. They hold the matched words. */
  readonly assessments: CallAnswer["assessments"];
  readonly usage: GuardrailUsage;
  readonly coverage: GuardrailCoverage;
  readonly calls: number;
}

export interface Guardrail {
  /**
   * Judges texts and images without asking a model. A text of any length is split where it does least harm and put together
   * again; the first piece that is blocked ends the rest.
   *
   * @throws BedrockError: `invalid-config` for content that cannot be judged, `aborted`, `protocol` for an answer that does not say
   * whether the text may pass, or what the service answered. A guardrail that cannot be asked lets nothing pass.
   * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ApplyGuardrail.html
   */
  apply(request: ApplyRequest, options?: CallOptions): Promise<GuardrailVerdict>;
  /**
   * Judges a message of a conversation and gives it back as it may be kept: masked, or with the guardrail's message in place of what
   * was blocked. Calls and results keep their ids, so that every call has its result. Reasoning and the arguments of calls are
   * not judged.
   */
  applyToMessage<T extends Message>(
    message: T,
    options?: CallOptions,
  ): Promise<{ readonly message: T; readonly verdict: GuardrailVerdict }>;
}

/**
 * A guardrail to be applied by itself. Nothing is sent and no SDK loaded before the first text. One given by ARN is asked in
 * its region.
 *
 * @throws BedrockError of kind `wrong-region` where the session was told another region than the ARN's, `invalid-config`
 */
export function createGuardrail(options: GuardrailOptions): Guardrail {
  const { guardrail, maxCharacters = 25_000, concurrency = 4 } = options;
  checkWhole("concurrency", concurrency, 1);
  checkWhole("maxCharacters", maxCharacters, 10);
  const arnRegion = parseGuardrailIdentifier(guardrail.guardrailIdentifier)?.region;
  const aws = arnRegion === undefined ? options.aws : options.aws.in({ arnRegion });
  checkGuardrailPlace(guardrail, { region: aws.region.name });
  const call = applyCaller(aws, guardrail);
  const gate = createGate(concurrency);

  const apply: Guardrail["apply"] = async (request, { signal } = {}) => {
    const { source, outputScope = "interventions" } = request;
    const asked = partsOf(request.content);
    const context = groundingContent(request.grounding);
    const images = asked.map((part) => (part.type === "image" ? imageContent(part) : undefined));
    const decided = new AbortController();
    const either = signal ? AbortSignal.any([signal, decided.signal]) : decided.signal;
    const answered: CallAnswer[] = [];
    let stopper: CallAnswer | undefined;
    const judge = (content: CallContent): Promise<CallAnswer> =>
      gate(async () => {
        either.throwIfAborted();
        const input = {
          source: source === "output" ? ("OUTPUT" as const) : ("INPUT" as const),
          outputScope: outputScope === "full" ? ("FULL" as const) : ("INTERVENTIONS" as const),
          content: [...context, content],
        };
        const answer = await settled(call(input, either), either);
        answered.push(answer);
        if (answer.action === "blocked") {
          stopper ??= answer;
          decided.abort();
        }
        return answer;
      });
    const judgeOne = (text: string) => {
      const sound = text.toWellFormed();
      return judge({ text: { text: sound, ...(context.length > 0 && { qualifiers: ["guard_content"] as const }) } });
    };
    const max = context.length > 0 ? Math.min(maxCharacters, GROUNDED_CHARACTERS) : maxCharacters;
    const judged = asked.map(async (part, index) => {
      if (part.type === "text") {
        if (part.text.trim() === "") return { part, answers: [] };
        const options = { maxCharacters: max, checkBorders: context.length === 0, judge: judgeOne };
        const { text, answers } = await judgeText(part.text, options);
        return { part: text === part.text ? part : { ...part, text }, answers };
      }
      const image = images[index];
      return { part, answers: image ? [await judge(image)] : [] };
    });
    // All are waited for, so that none is left running; the first that failed ends the others.
    for (const one of judged) one.catch(() => decided.abort());
    const results = await Promise.allSettled(judged);
    if (signal?.aborted) throw new BedrockError({ kind: "aborted", problem: "Applying a guardrail was aborted" });
    const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
    // What a block cut short is no failure; one that happened before it is none either, for nothing passes.
    if (!stopper && failures.length > 0) throw failures.find((failure) => !isAbort(failure)) ?? failures[0];
    const done = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const reported = stopper ? [stopper] : done.flatMap(({ answers }) => answers);
    const content = stopper ? asked : done.map(({ part }) => part);
    const masked = reported.some(({ action }) => action === "masked");
    return {
      action: stopper ? "blocked" : masked ? "masked" : "none",
      content,
      text: content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n"),
      message: stopper?.output,
      explanation: explainAssessments(
        reported.flatMap(({ assessments }) => assessments),
        {
          guardrailId: parseGuardrailIdentifier(guardrail.guardrailIdentifier)?.id ?? guardrail.guardrailIdentifier,
          source: source === "output" ? "answer" : "prompt",
          reason: reported.find(({ action }) => action !== "none")?.reason ?? reported[0]?.reason,
        },
      ),
      assessments: reported.flatMap(({ assessments }) => assessments),
      usage: sumUsage(answered.map(({ usage }) => usage)),
      coverage: sumCoverage(answered.map(({ coverage }) => coverage)),
      calls: answered.length,
    };
  };

  return {
    apply,
    async applyToMessage(message, callOptions) {
      const source = message.role === "assistant" ? "output" : message.role === "user" ? "input" : "tool-result";
      const verdict = await apply({ source, content: judgedParts(message) }, callOptions);
      return { message: withVerdict(message, verdict), verdict };
    },
  };
}

/** The service takes no longer answer for contextual grounding (see `Grounding`). */
const GROUNDED_CHARACTERS = 5000;

/**
 * A blocked verdict as an error of kind `guardrail-blocked` that says which policy acted; `undefined` for any other.
 */
export function guardrailError({ action, explanation, message }: GuardrailVerdict): BedrockError | undefined {
  if (action !== "blocked") return undefined;
  const problem = explanation.text || `A guardrail blocked the text${message ? `: ${message}` : ""}`;
  return new BedrockError({ kind: "guardrail-blocked", problem, fix: "Change the text, or the guardrail's policy" });
}

function partsOf(content: ApplyRequest["content"]): readonly (TextContent | ImageContent)[] {
  return typeof content === "string" ? [{ type: "text", text: content }] : content;
}

function checkWhole(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  const problem = `The option ${name} is ${value}`;
  throw new BedrockError({ kind: "invalid-config", problem, fix: `Give a whole number of at least ${least}` });
}

function isAbort(error: unknown): boolean {
  return error instanceof BedrockError
    ? error.kind === "aborted"
    : error instanceof Error && error.name === "AbortError";
}

/** The SDK does not notice an abort while it waits to try again. */
function settled<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
