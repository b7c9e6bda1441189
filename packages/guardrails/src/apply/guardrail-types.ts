import type { AwsSession } from "@clawrock/aws-auth";
import type { ImageContent, Message, TextContent } from "@clawrock/conversation";
import type { GuardrailConfig } from "../config.ts";
import type { TraceExplanation } from "../explain-trace.ts";
import type { GuardrailCoverage, GuardrailUsage } from "../metrics.ts";
import type { GuardrailAssessmentLike } from "../trace.ts";
import type { Grounding } from "./grounding.ts";

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
  readonly assessments: readonly (GuardrailAssessmentLike | null)[];
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
   * was blocked. Calls and results keep their ids, so that every call has its result. JSON and the texts of documents are judged
   * as text; documents and videos as bytes, reasoning and the arguments of calls are not judged.
   */
  applyToMessage<T extends Message>(
    message: T,
    options?: CallOptions,
  ): Promise<{ readonly message: T; readonly verdict: GuardrailVerdict }>;
}
