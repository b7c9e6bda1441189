/**
 * The one conversation of the house.
 *
 * Shaped so that OpenClaw 2026.9.6's context and stream events are assignable to these types and these to OpenClaw's:
 * a host's transcript goes straight in, the events go straight out. What Bedrock knows beyond that (documents, video,
 * guarded spans, cache points) is added as further content kinds that a host may ignore.
 */

/**
 * What a guardrail is told about a span it judges: content to judge, a source that an answer must be grounded in, or the
 * question that it must be relevant to.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailConverseTextBlock.html
 */
export type GuardQualifier = "guard_content" | "grounding_source" | "query";

/** Text, with what it cites where citations were asked for. */
export interface TextContent {
  type: "text";
  text: string;
  textSignature?: string;
  /** Marks the span for a guardrail, whatever its policy for spans says; an empty list leaves it out. */
  guard?: readonly GuardQualifier[];
  citations?: Citation[];
}

/**
 * A passage of a source that stands behind a text, as Converse gives it.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Citation.html
 */
export interface Citation {
  title?: string;
  source?: string;
  /** The cited words. */
  sourceContent?: { text?: string }[];
  /** One member tells where: `documentChar`, `documentPage`, `documentChunk`, `web`, `searchResultLocation`, with its indices. */
  location?: Record<string, unknown>;
}

/**
 * The model's reasoning. `thinkingSignature` is opaque and must be sent back unchanged; when `redacted` is true it holds
 * the base64 of the provider's encrypted payload and `thinking` is empty or a placeholder.
 */
export interface ThinkingContent {
  type: "thinking";
  thinking: string;
  thinkingSignature?: string;
  redacted?: boolean;
}

/** An object in S3 that the service reads itself. */
export interface S3Location {
  /** `s3://bucket/key` */
  uri: string;
  /** The bucket's account (12 digits), where it is another one. */
  bucketOwner?: string;
}

/** An image as base64 with its MIME type (`image/png`, `image/jpeg`, `image/gif`, `image/webp`). */
export interface ImageContent {
  type: "image";
  /** Empty where `s3` says where the image lies. */
  data: string;
  mimeType: string;
  s3?: S3Location;
  /** As for text; a guardrail judges PNG and JPEG only, and takes no qualifiers with them. */
  guard?: readonly GuardQualifier[];
}

/** A document: base64 in `data`, or instead of it (`data` empty) its text, its text in pieces, or an object in S3. */
export interface DocumentContent {
  type: "document";
  data: string;
  /** One of Converse's: pdf, csv, doc, docx, xls, xlsx, html, txt, md. */
  format: string;
  name: string;
  text?: string;
  /** The pieces that citations point to. */
  chunks?: readonly string[];
  s3?: S3Location;
  /** What the model is told about the document, and does not cite. */
  context?: string;
  /** Whether the answer shall cite it. */
  citations?: boolean;
}

/** A video as base64, or (`data` empty) an object in S3. `format` is one of Converse's: mkv, mov, mp4, webm, flv, mpeg, mpg, wmv, three_gp. */
export interface VideoContent {
  type: "video";
  data: string;
  format: string;
  s3?: S3Location;
}

/** A JSON object that a tool gave back. */
export interface JsonContent {
  type: "json";
  json: Readonly<Record<string, unknown>>;
}

/** Where the prompt cache may cut: what stands before it in the message is cached. */
export interface CachePointContent {
  type: "cachePoint";
  /** Default: five minutes. */
  ttl?: "5m" | "1h";
}

/** A finished call of a tool. `arguments` is the parsed JSON input. */
export interface ToolCall {
  type: "toolCall";
  id: string;
  name: string;
  arguments: Record<string, unknown>;
  thoughtSignature?: string;
}

/** A tool that the service ran by itself (for example a code interpreter): nothing for the caller to execute. */
export interface ServerToolUse {
  id: string;
  name: string;
  /** The raw JSON of its input. */
  input: string;
  /** What the service's tool answered, as it was sent. */
  result?: unknown;
}

/** An event of the stream that this version does not know, as it was sent. */
export interface UnknownEvent {
  name: string;
  /** Left out where it is longer than 4,096 characters of JSON; diagnostics have it whole. */
  payload?: unknown;
}

/** What was taken out of or changed in a request because the service refused it, before it was sent again. */
export interface RequestAdjustment {
  kind: "sampling" | "thinking-shape" | "thinking-signature" | "strict-tools" | "expired-credentials" | "model-id";
  /** What was done, e.g. `left temperature and topP out`. */
  detail: string;
  /** What the service had said. */
  reason: string;
}

/** Milliseconds from the call. */
export interface Timing {
  /** To the first piece of content. */
  firstTokenMs?: number;
  /** To the end. */
  totalMs?: number;
  /** The service's own measure of the whole answer. */
  serviceMs?: number;
}

export interface UserMessage {
  role: "user";
  content: string | readonly (TextContent | ImageContent | DocumentContent | VideoContent | CachePointContent)[];
  /** Milliseconds since the epoch. */
  timestamp: number;
  /** Set by hosts on a message that carries volatile context: nothing after it may be cached. */
  runtimeContextCarrier?: boolean;
}

export type StopReason = "stop" | "length" | "toolUse" | "error" | "aborted";

/** An answer of the model, finished or (as `partial` of an event) still growing. */
export interface AssistantMessage {
  role: "assistant";
  content: (TextContent | ThinkingContent | ToolCall)[];
  /** The API that produced it, e.g. `bedrock-converse-stream`. */
  api: string;
  provider: string;
  /** The model id as the caller wrote it. */
  model: string;
  /** The service's request id. */
  responseId?: string;
  usage: Usage;
  /** Tools the service ran within this answer. */
  serverToolUses?: ServerToolUse[];
  /** How the request was mended after a refusal; absent if it was taken as it was. */
  adjustments?: RequestAdjustment[];
  /** Fields of the model's own answer that the request asked for by `additionalModelResponseFieldPaths`. */
  modelResponseFields?: unknown;
  /** At most 20 events that this version does not know. */
  unknownEvents?: UnknownEvent[];
  timing?: Timing;
  stopReason: StopReason;
  /** The provider's own word, e.g. `end_turn`, `guardrail_intervened`, `content_filtered`. */
  rawStopReason?: string;
  /** One line: what happened and what to do. Set with `stopReason` `error` and `aborted`. */
  errorMessage?: string;
  /** The stable kind of the error (see `ErrorKind`). */
  errorCode?: string;
  timestamp: number;
}

export interface ToolResultMessage {
  role: "toolResult";
  toolCallId: string;
  toolName: string;
  content: readonly (TextContent | ImageContent | DocumentContent | VideoContent | JsonContent)[];
  isError: boolean;
  timestamp: number;
}

export type Message = UserMessage | AssistantMessage | ToolResultMessage;

/** A tool on offer. `parameters` is a JSON Schema of type `object`. */
export interface Tool {
  name: string;
  description: string;
  parameters: object;
  /** Whether the input must follow the schema exactly, where the model can be held to it. */
  strict?: boolean;
  /** A cache point behind this tool. */
  cachePoint?: { readonly ttl?: "5m" | "1h" };
}

export interface Context {
  systemPrompt?: string;
  messages: readonly Message[];
  tools?: readonly Tool[];
}

/** Dollars, per bucket and in total. */
export interface Cost {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
  total: number;
}

/**
 * Tokens of one answer. The buckets do not overlap: `input` excludes cache reads and writes, as Converse reports it.
 * `cost` is zero where the price is not known; `priceKnown` tells the two zeros apart.
 */
export interface Usage {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
  /** The part of `cacheWrite` written with a one-hour TTL. */
  cacheWrite1h?: number;
  totalTokens: number;
  cost: Cost;
  priceKnown?: boolean;
}

/**
 * A stream of an answer: `start`, then per content block `*_start`, `*_delta`… and `*_end`, then exactly one `done` or
 * `error`. `partial` is ONE live object, mutated in place as the stream goes on: copy it if you keep it.
 */
export type AssistantMessageEvent =
  | { type: "start"; partial: AssistantMessage }
  | { type: "text_start"; contentIndex: number; partial: AssistantMessage }
  // Always set here; optional because hosts may leave it out of the most frequent event.
  | { type: "text_delta"; contentIndex: number; delta: string; partial?: AssistantMessage }
  | { type: "text_end"; contentIndex: number; content: string; partial: AssistantMessage }
  | { type: "thinking_start"; contentIndex: number; partial: AssistantMessage }
  | { type: "thinking_delta"; contentIndex: number; delta: string; partial: AssistantMessage }
  | { type: "thinking_end"; contentIndex: number; content: string; partial: AssistantMessage }
  | { type: "toolcall_start"; contentIndex: number; partial: AssistantMessage }
  | { type: "toolcall_delta"; contentIndex: number; delta: string; partial: AssistantMessage }
  | { type: "toolcall_end"; contentIndex: number; toolCall: ToolCall; partial: AssistantMessage }
  | { type: "done"; reason: "stop" | "length" | "toolUse"; message: AssistantMessage }
  | { type: "error"; reason: "error" | "aborted"; error: AssistantMessage };

/** What a caller iterates. `result()` settles with the final message, also when nobody iterates; it never rejects. */
export interface AssistantMessageStream extends AsyncIterable<AssistantMessageEvent> {
  result(): Promise<AssistantMessage>;
}
