import type { ConverseStreamCommandInput } from "@aws-sdk/client-bedrock-runtime";
import type { BedrockError, CachePointContent, Message, TextContent, Tool } from "@clawrock/conversation";
import type { GuardedSpans } from "@clawrock/guardrails";
import type { EffortLevel, ModelCapabilities, ModelRef } from "@clawrock/model-capabilities";

/** A model id taken apart once: what it refers to, what the model can do, and what goes over the wire. */
export interface ResolvedModel {
  /** As the caller wrote it. */
  readonly id: string;
  /** The `modelId` of the request. */
  readonly wireId: string;
  readonly ref: ModelRef;
  readonly capabilities: ModelCapabilities;
  /** The region of an ARN; undefined for ids. */
  readonly arnRegion: string | undefined;
  /** The foundation model's own id, without geography and suffix; undefined where it is not known or there are several. */
  readonly baseId: string | undefined;
  /** ARNs of the models that an application inference profile leads to, once it was looked up. */
  readonly targets?: readonly string[] | undefined;
  /** Why the look-up of an application inference profile failed: `capabilities` are then those of a model nobody knows. */
  readonly lookUpError?: BedrockError | undefined;
}

/** `auto`: the model decides. `any`: it must call some tool. `none`: it may call none. Or one tool by name. */
export type ToolChoice = "auto" | "any" | "none" | { readonly tool: string };

/** A part of a system prompt: text, or a point up to which it is cached. */
export type SystemContent = TextContent | CachePointContent;

/** The shape of an answer that is one JSON value. */
export interface ResponseFormat {
  /** A JSON Schema. */
  readonly schema: object;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

/** One turn to ask for. What the model does not accept is left out, as its capability record says. */
export interface ConverseRequest {
  /** Model id, inference profile id or ARN; or a model resolved before. */
  readonly model: string | ResolvedModel;
  readonly system?: string | readonly SystemContent[] | undefined;
  readonly messages: readonly Message[];
  readonly tools?: readonly Tool[] | undefined;
  /** Tools that the service runs by itself, by name: `nova_code_interpreter`, `nova_grounding`. */
  readonly systemTools?: readonly string[] | undefined;
  /** Default: `auto`. */
  readonly toolChoice?: ToolChoice | undefined;
  /** Default: the service's for the model. Cut down to what the model can give. */
  readonly maxTokens?: number | undefined;
  /** 0 to 1. */
  readonly temperature?: number | undefined;
  /** 0 to 1. */
  readonly topP?: number | undefined;
  /** How many candidates a token is drawn from, on models that take it. */
  readonly topK?: number | undefined;
  readonly stopSequences?: readonly string[] | undefined;
  /** How hard to think. Default: what the model does when nothing is said. */
  readonly thinking?: "off" | EffortLevel | undefined;
  /** Tokens to think with per level, for models that take a budget. */
  readonly thinkingBudgets?: Partial<Record<EffortLevel, number>> | undefined;
  /** An answer in JSON that follows a schema. Models without `outputConfig` are told the schema in the system prompt. */
  readonly responseFormat?: ResponseFormat | undefined;
  /**
   * Cache points set by this package: `short` is five minutes, `long` one hour where the model offers it. Default: `short`.
   * With `none` only the caller's own points are sent.
   */
  readonly cacheRetention?: "none" | "short" | "long" | undefined;
  /** Which spans the guardrail judges. Default: those with `guard`; without any, the service judges all messages. */
  readonly guardedSpans?: GuardedSpans | undefined;
  readonly serviceTier?: "default" | "priority" | "flex" | "reserved" | undefined;
  readonly latency?: "standard" | "optimized" | undefined;
  /** 1 to 16 pairs that appear in the invocation log. */
  readonly requestMetadata?: Readonly<Record<string, string>> | undefined;
  /** Values of a prompt's variables, where the model is the ARN of a prompt. */
  readonly promptVariables?: Readonly<Record<string, string>> | undefined;
  /** Fields of the model's own that have no option here. Where one says what an option says, the option wins. */
  readonly additionalModelRequestFields?: Readonly<Record<string, unknown>> | undefined;
  /** JSON pointers into the model's own answer. */
  readonly additionalModelResponseFieldPaths?: readonly string[] | undefined;
}

/** What was changed in the conversation so that the service accepts it. */
export interface TranscriptChange {
  readonly kind: TranscriptChangeKind;
  /** Index in `messages`; of what was added, the message before which or for which it was. */
  readonly message: number;
  /** Index in that message's content, where it is about one part of it. */
  readonly block?: number | undefined;
  /** One line. */
  readonly reason: string;
}

export type TranscriptChangeKind =
  /** Words added so that the user speaks first, or last, or between. */
  | "turn-added"
  /** A message of an unknown role, told as the user's. */
  | "role-changed"
  /** A text where a list of parts belongs. */
  | "content-listed"
  /** Blank text, or what became empty. */
  | "blank-dropped"
  /** Lone surrogates. */
  | "text-mended"
  /** Thinking told as plain text, or left out. */
  | "thinking-as-text"
  | "thinking-dropped"
  /** A result that was missing. */
  | "result-added"
  /** A result without its call, or the second of one call: told as text. */
  | "result-as-text"
  /** A result that came too late, put behind its call. */
  | "result-moved"
  | "result-empty"
  /** What the model refuses inside of a result, put beside it; and what it refuses beside, put inside. */
  | "result-lifted"
  | "result-folded"
  /** Calls put into a turn of their own. */
  | "calls-apart"
  /** Calls and results told as text, since no tools are offered. */
  | "tools-as-text"
  | "call-id-changed"
  | "tool-name-changed"
  | "arguments-mended"
  /** An image, document, video or unknown part replaced by a note. */
  | "media-left-out"
  /** A media type or format that the bytes contradict. */
  | "media-format-corrected"
  /** A document told as text. */
  | "document-as-text"
  | "document-renamed"
  | "cache-point-dropped";

/** An option that the model does not take, or not in this form. */
export interface OptionChange {
  readonly kind: "option-left-out" | "option-changed";
  /** The option's path in the request: `temperature`, `tools[3].strict`. */
  readonly option: string;
  /** One line. */
  readonly reason: string;
}

export type RequestChange = TranscriptChange | OptionChange;

/** A request as it goes to ConverseStream, with everything in which it is not what the caller wrote. */
export interface BuiltRequest {
  readonly input: ConverseStreamCommandInput;
  readonly changes: readonly RequestChange[];
}
