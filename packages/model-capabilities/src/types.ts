/** Account, region and partition of an ARN. `region` and `accountId` are empty strings where the ARN leaves them empty. */
export interface ArnParts {
  /** `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`, … */
  readonly partition: string;
  /** `bedrock`, or `sagemaker` for an endpoint. */
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
}

/** The readable part of an id: `us.anthropic.claude-opus-4-5-20251101-v1:0` taken apart. All lower case. */
export interface ModelName {
  /** `anthropic`, `amazon`, `meta`, …; undefined for Mantle's vendor-less ids such as `gpt-oss-120b`. */
  readonly vendor: string | undefined;
  /** Name with its date, without version and suffix: `claude-opus-4-5-20251101`, `nova-pro`, `gpt-oss-120b`. */
  readonly name: string;
  /** `-v1:0` is `{ marker: "-v", major: 1, minor: 0 }`; `gpt-oss-120b-1:0` has marker `-`. */
  readonly version:
    | { readonly marker: "-v" | "-" | ":"; readonly major: number; readonly minor: number | undefined }
    | undefined;
  /** Context or throughput suffix without its colon: `200k`, `mm`, `512`. */
  readonly suffix: string | undefined;
}

/** What an id, profile id or ARN refers to. */
export type ModelRef =
  /** A foundation model, by id or by ARN. Mantle ids are of this kind too. */
  | { readonly kind: "foundation-model"; readonly model: ModelName; readonly arn: ArnParts | undefined }
  /** A system-defined inference profile: a geography before a model id. */
  | {
      readonly kind: "inference-profile";
      readonly geography: string;
      readonly model: ModelName;
      readonly arn: ArnParts | undefined;
    }
  /** Resources whose id says nothing about the model behind them. */
  | { readonly kind: OpaqueKind; readonly resourceId: string; readonly arn: ArnParts }
  /** Not an id of any known shape. */
  | { readonly kind: "unknown"; readonly raw: string; readonly reason: string };

export type OpaqueKind =
  | "application-inference-profile"
  | "provisioned-model"
  | "imported-model"
  | "custom-model"
  | "custom-model-deployment"
  | "prompt-router"
  | "default-prompt-router"
  | "prompt"
  | "endpoint";

/** Where a figure comes from. */
export type Provenance =
  /** A row of the facts table, with the public source and its date. */
  | { readonly from: "fact"; readonly source: string; readonly date: string }
  /**
   * A rule by family and version; `rule` names it. It either has a `url` or is `assumed`. `basis` says what stands at
   * the URL: documentation if absent; traffic or lists recorded from the service; a report of what it answered; the code
   * or data of a client that works with it. Both together: documented for a sibling, assumed of this model.
   */
  | {
      readonly from: "rule";
      readonly rule: string;
      readonly url?: string | undefined;
      readonly basis?: "recorded" | "reported" | "code" | undefined;
      readonly assumed?: boolean | undefined;
    }
  /** The safe value for a model nobody knows. */
  | { readonly from: "default" }
  /** Given by the caller. */
  | { readonly from: "override" };

/** A value with its provenance. A field whose value is not known is absent, never 0. */
export interface Known<T> {
  readonly value: T;
  readonly provenance: Provenance;
}

export type InputModality = "text" | "image" | "document" | "video" | "audio";
export type OutputModality = "text" | "image" | "video" | "embedding" | "speech";

/** Effort levels in rising order. */
export type EffortLevel = "minimal" | "low" | "medium" | "high" | "xhigh" | "max";

/** How a model reasons and how a Converse request asks for it. */
export interface Reasoning {
  /**
   * `none`: it does not. `budget`: a token budget switches it on. `adaptive`: an effort level steers it. `effort`: an
   * effort field of the family. `always`: it always does and takes no field.
   */
  readonly mode: "none" | "budget" | "adaptive" | "effort" | "always";
  /**
   * The shape of the request fields, a key for bedrock-converse's thinking step:
   * `anthropic-budget` {thinking:{type:"enabled",budget_tokens}}, `anthropic-adaptive` {thinking:{type:"adaptive"},
   * output_config:{effort}}, `nova-reasoning-config` {reasoningConfig}, `reasoning-effort-flat` {reasoning_effort}, `reasoning-nested`
   * {reasoning:{effort}}, `reasoning-config-string` {reasoning_config:"high"}.
   */
  readonly request?:
    | "anthropic-budget"
    | "anthropic-adaptive"
    | "nova-reasoning-config"
    | "reasoning-effort-flat"
    | "reasoning-nested"
    | "reasoning-config-string"
    | undefined;
  /** Effort levels the model takes, in rising order. Absent for `budget`, `always` and `none`. */
  readonly levels?: readonly EffortLevel[] | undefined;
  /** Effort when none is asked for. */
  readonly defaultLevel?: EffortLevel | undefined;
  /** What the model does when the request says nothing. */
  readonly whenOmitted: "off" | "on";
  /** Whether it can be switched off, and how: `omit` the fields, send `disabled` (or effort `none`), or `no`. */
  readonly off: "omit" | "disabled" | "no";
  /** Highest effort level that may accompany `disabled`, where the model bounds it. */
  readonly offUpTo?: EffortLevel | undefined;
  /** Smallest budget in tokens, for `budget`. */
  readonly minBudget?: number | undefined;
  /** Whether its reasoning carries a signature that must be sent back. */
  readonly signed: boolean;
  /** Whether the text stays empty unless the request asks for `display: "summarized"`. */
  readonly textOnRequest?: boolean | undefined;
  /** `anthropic_beta` value that lets the model think between tool calls, where it is not implied. */
  readonly interleavedBeta?: string | undefined;
  /** Levels at which `maxTokens`, temperature and topP must be left out (Nova 2 at `high`). */
  readonly bareLevels?: readonly EffortLevel[] | undefined;
  /** How earlier reasoning is replayed: as it is, as plain text, or not at all. */
  readonly replay: "signed" | "text" | "drop";
}

export interface Sampling {
  readonly temperature: boolean;
  readonly topP: boolean;
  /** Whether temperature and topP may be sent together. */
  readonly both: boolean;
  readonly stopSequences: boolean;
  /** Where topK goes in `additionalModelRequestFields`; absent where it is not accepted. */
  readonly topK?: "top_k" | "inferenceConfig.topK" | undefined;
  /** Whether temperature and topP may be sent while thinking is on. */
  readonly whileThinking: boolean;
}

export interface ToolSupport {
  readonly supported: boolean;
  /** Whether tools work with ConverseStream; if not, the turn must go through Converse. */
  readonly streaming: boolean;
  /** Accepted toolChoice forms. */
  readonly choice: readonly ("auto" | "any" | "tool")[];
  /** `true`: `any` and `tool` are refused while thinking is on, though `choice` lists them. */
  readonly forcedChoiceRefusedWhileThinking: boolean;
  readonly strict: boolean;
  readonly imagesInResults: boolean;
  readonly documentsInResults: boolean;
  /** Whether a turn with tool results may hold other content too. */
  readonly mixedResults: boolean;
  /** Whether words may stand beside calls. Default: as `mixedResults`. */
  readonly mixedCalls?: boolean | undefined;
  /** Whether `status: "error"` may be sent on a tool result. */
  readonly resultStatus: boolean;
  /** Whether `$defs` of an input schema are refused, so that its references must be written out. */
  readonly schemaWithoutDefs?: boolean | undefined;
}

export interface PromptCaching {
  readonly supported: boolean;
  readonly fields: readonly ("system" | "messages" | "tools")[];
  readonly ttls: readonly ("5m" | "1h")[];
  readonly minTokens?: number | undefined;
  readonly maxPoints: number;
}

/** How a model can be invoked on bedrock-runtime, as far as rules tell; an account's own lists decide. */
export interface Invocation {
  readonly onDemand: boolean;
  readonly byProfile: boolean;
  /** Through provisioned throughput only, which an account buys for itself. */
  readonly provisioned?: boolean | undefined;
}

export interface EmbeddingLimits {
  /** Request and answer shape, a key for bedrock-embeddings. */
  readonly request:
    | "titan-text-v1"
    | "titan-text-v2"
    | "titan-image"
    | "nova-2-multimodal"
    | "cohere-v3"
    | "cohere-v4"
    | "marengo-2"
    | "marengo-3";
  /** Dimensions on offer, default first. */
  readonly dimensions: readonly number[];
  readonly maxInputTokens: number;
  /** Texts of one call. */
  readonly maxBatch: number;
}

/** USD per million tokens. */
export interface Rates {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite5m?: number | undefined;
  readonly cacheWrite1h?: number | undefined;
}

/** Standard-tier rates of the geography the ref names (`priceOf` knows the other tiers); a ref without one has the rates of the bare id. */
export interface Price extends Rates {
  /** Rates of the whole request once its input, cached tokens included, passes a threshold. */
  readonly longContext?: (Rates & { readonly aboveInputTokens: number }) | undefined;
}

/** Inference tiers of a request's `serviceTier`, beside the standard one. */
export type ServiceTier = "flex" | "priority" | "reserved";

/** What a Converse message may carry; the service's limits, the same for every model that takes such input. */
export interface MediaLimits {
  readonly imageFormats: readonly ("png" | "jpeg" | "gif" | "webp")[];
  readonly maxImages: number;
  readonly maxImageBytes: number;
  /** Width and height each. */
  readonly maxImagePixels: number;
  /** 0 where the model takes no documents. */
  readonly maxDocuments: number;
  readonly maxDocumentBytes: number;
}

/** Where the roles of a conversation are freer than the service's strictest rule. */
export interface TurnRules {
  /** Whether the model may speak first. */
  readonly leadingAssistant: boolean;
  /** Whether the conversation may end with the model's words, which it then continues (without thinking). */
  readonly prefill: boolean;
}

/** A family's own rules for media, beside the limits of a message. */
export interface MediaRules {
  /** What may be given as an object in S3. */
  readonly s3: readonly ("image" | "document" | "video")[];
  /** Formats of documents without a limit of their size. */
  readonly unlimitedDocuments: readonly ("pdf" | "docx")[];
  /** Width and height each of images in a request that holds more than 20. */
  readonly maxPixelsOfManyImages?: number | undefined;
}

/** Mantle's route for the model. */
export interface MantleRoute {
  readonly path: "/v1" | "/openai/v1" | "/anthropic/v1";
  readonly apis: readonly ("chat" | "responses" | "messages")[];
}

/** Everything the house knows about a model. Fields that are not known are absent. */
export interface ModelCapabilities {
  /**
   * Base id as far as the ref tells, without geography and suffix: `anthropic.claude-opus-4-7`. Undefined for opaque
   * refs, but for a custom model, whose ARN names the model it was made from.
   */
  readonly baseId: string | undefined;
  /** Family key such as `claude`, `nova`, `llama`, `gpt-oss`; `unknown` if no rule matched. */
  readonly family: string;
  readonly displayName?: Known<string>;
  readonly contextWindow?: Known<number>;
  readonly maxOutputTokens?: Known<number>;
  readonly input: Known<readonly InputModality[]>;
  readonly output: Known<readonly OutputModality[]>;
  readonly reasoning: Known<Reasoning>;
  readonly sampling: Known<Sampling>;
  readonly tools: Known<ToolSupport>;
  readonly promptCaching: Known<PromptCaching>;
  /** Whether a `system` prompt is accepted. */
  readonly systemPrompt: Known<boolean>;
  /** Whether streaming must be held back until the stop reason is known, because a refusal withdraws the text. */
  readonly holdUntilStop: Known<boolean>;
  readonly invocation?: Known<Invocation>;
  readonly embedding?: Known<EmbeddingLimits>;
  readonly price?: Known<Price>;
  /** Absent where the model takes text only. */
  readonly mediaLimits?: Known<MediaLimits>;
  readonly mediaRules?: Known<MediaRules>;
  /** Absent where the user has the first and the last word. */
  readonly turns?: Known<TurnRules>;
  /** Whether `outputConfig.textFormat` with a JSON schema is honoured. */
  readonly structuredOutput?: Known<boolean>;
  /** Whether documents may be cited. */
  readonly citations?: Known<boolean>;
  /** Tiers on offer beside the standard one. */
  readonly serviceTiers?: Known<readonly ServiceTier[]>;
  /** Whether `performanceConfig: { latency: "optimized" }` is on offer. */
  readonly latencyOptimized?: Known<boolean>;
  readonly lifecycle?: Known<"active" | "legacy">;
  readonly mantle?: Known<MantleRoute>;
}
