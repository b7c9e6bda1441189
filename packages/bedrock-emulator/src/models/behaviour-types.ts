/** How a model asks for its thinking to be turned on. */
type ThinkingSwitch =
  /** `thinking: {type: "enabled", budget_tokens}` only */
  | "budget"
  /** `enabled` and `adaptive` */
  | "budget-or-adaptive"
  /** `adaptive` only */
  | "adaptive"
  /** `reasoningConfig: {type, maxReasoningEffort}` */
  | "reasoning-config-object"
  /** `reasoning_config: "low" | "high"` */
  | "reasoning-config-word"
  /** `reasoning_effort`; it thinks in any case */
  | "effort"
  /** it thinks in any case and takes no field */
  | "always";

export interface Thinking {
  readonly request: ThinkingSwitch;
  /** Claude signs its thinking; others send bare text. */
  readonly signed: boolean;
  /** On without being asked. */
  readonly byDefault: boolean;
  /** `reasoningContent` is accepted back in assistant turns. */
  readonly replay: boolean;
}

export interface Caching {
  readonly minimumTokens: number;
  readonly ttls: readonly ("5m" | "1h")[];
  readonly inTools: boolean;
}

/** The form in which a model takes and gives the bodies of InvokeModel. */
export type NativeFormatName =
  | "claude"
  | "nova"
  | "titan"
  | "llama"
  | "mistral"
  | "command"
  | "command-r"
  | "completion"
  | "chat";

/** What a text model accepts and refuses. */
export interface ModelBehaviour {
  readonly vendor: "anthropic" | "amazon" | "meta" | "mistral" | "deepseek" | "qwen" | "openai" | "cohere" | "other";
  /** Tokens. */
  readonly contextWindow: number;
  /** Tokens. */
  readonly maxOutput: number;
  readonly tools: "streamed" | "not-streamed" | "none";
  readonly toolChoices: readonly ("auto" | "any" | "tool")[];
  readonly samplers: "both" | "one" | "none";
  readonly stopSequences: boolean;
  readonly system: boolean;
  readonly prefill: boolean;
  /** The older role checks: the first message is the user's, roles alternate. */
  readonly roleChecks: boolean;
  /** A toolResult may stand beside text in one turn. */
  readonly mixedToolTurns: boolean;
  readonly thinking?: Thinking;
  readonly caching?: Caching;
  readonly images: boolean;
  /** Images and documents of one request; no limit where it is left out. */
  readonly maxMedia?: number;
  readonly documents: boolean;
  readonly video: boolean;
  readonly native: NativeFormatName;
}
