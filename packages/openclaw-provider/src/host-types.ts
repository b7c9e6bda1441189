/**
 * The part of OpenClaw's plugin surface that this plugin uses, written structurally: the host is 640 MB and no dependency
 * of the workspace. e2e/openclaw/types proves with the installed host's own declarations that an entry made of these
 * types is assignable to the host's, and that the host's contexts are assignable to these.
 */
import type { AssistantMessageStream, Context } from "@clawrock/conversation";

/** The parts of `openclaw.json` that are read here. Everything in it was validated by the host, nothing is trusted. */
export interface HostConfig {
  plugins?: { entries?: Record<string, { config?: unknown }> | undefined } | undefined;
  models?: { providers?: Record<string, HostProviderSettings> | undefined } | undefined;
}

/** `models.providers.<id>` as far as it is read here. */
export interface HostProviderSettings {
  api?: string | undefined;
  baseUrl?: string | undefined;
  region?: string | undefined;
  /** What the host leaves to provider plugins. */
  params?: Record<string, unknown> | undefined;
}

export type HostEnv = Readonly<Record<string, string | undefined>>;

/** Thinking levels of `/think` and `--thinking`. */
export type HostThinkingLevel = "off" | "minimal" | "low" | "medium" | "high" | "xhigh" | "adaptive" | "max";

/** Dollars per million tokens. */
export interface HostCost {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
}

export type HostModelApi = "bedrock-converse-stream" | "openai-completions" | "openai-responses" | "anthropic-messages";

/** A row of `models list`, as a catalog gives it. */
export interface HostModelRow {
  id: string;
  name: string;
  api?: HostModelApi;
  baseUrl?: string;
  reasoning: boolean;
  input: ("text" | "image")[];
  cost: HostCost;
  contextWindow: number;
  maxTokens: number;
  compat?: HostModelCompat;
}

/** What the host must know about an OpenAI-compatible endpoint that it cannot see from its address. */
export interface HostModelCompat {
  supportsStore?: boolean;
  supportsDeveloperRole?: boolean;
  supportsUsageInStreaming?: boolean;
  supportsReasoningEffort?: boolean;
  supportedReasoningEfforts?: string[];
  /** What to send for a level of the host, where that is not its name. */
  reasoningEffortMap?: Record<string, string>;
  maxTokensField?: "max_completion_tokens" | "max_tokens";
}

/** A provider with its rows. */
export interface HostCatalog {
  baseUrl: string;
  api: HostModelApi;
  auth?: "aws-sdk" | "api-key";
  apiKey?: string;
  models: HostModelRow[];
}

/** A model ready for a turn. */
export interface HostModel extends HostModelRow {
  api: HostModelApi;
  provider: string;
  baseUrl: string;
}

/** The model the host hands back to a stream function; its api is any string by then. */
export interface HostTurnModel {
  id: string;
  provider: string;
  baseUrl?: string;
  maxTokens?: number;
  /** Whether a user wrote `maxTokens`, or it is only what the model is known to give. */
  maxTokensSource?: "configured" | "discovered";
}

/** Options of one call of a stream function, as far as they are read here. */
export interface HostStreamOptions<Model> {
  temperature?: number;
  maxTokens?: number;
  stop?: string[];
  signal?: AbortSignal;
  sessionId?: string;
  /** Of the models the host streams itself. */
  apiKey?: string;
  cacheRetention?: "none" | "short" | "long";
  serviceTier?: string;
  reasoning?: string;
  thinkingBudgets?: { minimal?: number; low?: number; medium?: number; high?: number; max?: number } | undefined;
  onPayload?: (payload: unknown, model: Model) => unknown;
  onResponse?: (response: { status: number; headers: Record<string, string> }, model: Model) => void | Promise<void>;
}

/**
 * One turn: the host's context goes straight in, the events go straight out.
 * `Model` is whatever the host passes; it is handed back to the host's own callbacks untouched.
 */
export type HostStreamFn = <Model extends HostTurnModel>(
  model: Model,
  context: Context,
  options?: HostStreamOptions<Model>,
) => Promise<AssistantMessageStream>;

export interface CatalogContext {
  config: HostConfig;
  env: HostEnv;
  signal?: AbortSignal;
  providerIds?: readonly string[];
}

export interface DynamicModelContext {
  config?: HostConfig;
  provider: string;
  modelId: string;
  providerConfig?: { baseUrl?: string };
}

export interface StreamFnContext {
  config?: HostConfig;
  provider: string;
  modelId: string;
}

/** The host's stream function of a model it streams itself, around which a provider may put its own. */
export interface WrapStreamContext {
  config?: HostConfig;
  provider: string;
  modelId: string;
  model?: { api: string };
  thinkingLevel?: string;
  streamFn?: (...call: never[]) => unknown;
}

export interface RuntimeAuthContext {
  config?: HostConfig | undefined;
  env: HostEnv;
  provider: string;
  modelId: string;
  model: { baseUrl?: string };
  apiKey: string;
}

export interface PreparedRuntimeAuth {
  apiKey: string;
  baseUrl?: string;
  /** Milliseconds since the epoch; the host asks again before. */
  expiresAt?: number;
}

export interface ThinkingProfile {
  levels: { id: HostThinkingLevel }[];
  defaultLevel?: HostThinkingLevel | null;
  preserveWhenCatalogReasoningFalse?: boolean;
}

export interface FailoverContext {
  errorMessage: string;
  code?: string;
  status?: number;
}

/** Reasons on which the host's failover decides: wait, rotate credentials, try the next model, or compact. */
export type FailoverReason =
  | "auth"
  | "auth_permanent"
  | "format"
  | "rate_limit"
  | "overloaded"
  | "billing"
  | "timeout"
  | "context_overflow"
  | "model_not_found";

export interface ReplayPolicy {
  sanitizeMode?: "full" | "images-only";
  preserveSignatures?: boolean;
  repairToolUseResultPairing?: boolean;
  validateAnthropicTurns?: boolean;
  allowSyntheticToolResults?: boolean;
  dropThinkingBlocks?: boolean;
}

export interface MissingAuthContext {
  config?: HostConfig;
  env: HostEnv;
  provider: string;
}

/** A model provider, as `api.registerProvider` takes it. */
export interface HostProvider {
  id: string;
  label: string;
  docsPath?: string;
  hookAliases?: string[];
  envVars?: string[];
  auth: [];
  catalog?: {
    order?: "simple" | "profile" | "paired" | "late";
    run: (ctx: CatalogContext) => Promise<{ providers: Record<string, HostCatalog> } | null>;
  };
  resolveDynamicModel?: (ctx: DynamicModelContext) => HostModel | undefined;
  createStreamFn?: (ctx: StreamFnContext) => HostStreamFn;
  resolveSyntheticAuth?: (ctx: SyntheticAuthContext) => SyntheticAuth | undefined;
  wrapStreamFn?: (ctx: WrapStreamContext) => HostStreamFn | undefined;
  prepareRuntimeAuth?: (ctx: RuntimeAuthContext) => Promise<PreparedRuntimeAuth>;
  buildReplayPolicy?: (ctx: { provider: string; modelId?: string }) => ReplayPolicy | undefined;
  resolveThinkingProfile?: (ctx: { provider: string; modelId: string }) => ThinkingProfile | undefined;
  classifyFailoverReason?: (ctx: FailoverContext) => FailoverReason | undefined;
  matchesContextOverflowError?: (ctx: FailoverContext) => boolean | undefined;
  buildMissingAuthMessage?: (ctx: MissingAuthContext) => string | undefined;
  isCacheTtlEligible?: (ctx: { provider: string; modelId: string }) => boolean | undefined;
}

export interface EmbeddingOptions {
  config: HostConfig;
  model: string;
  dimensions?: number;
  remote?: { baseUrl?: string };
}

export interface EmbeddingCallOptions {
  signal?: AbortSignal;
  inputType?: "query" | "document" | "semantic" | "classification" | "clustering";
}

export type EmbeddingInput = string | { text: string };

export interface HostEmbeddingProvider {
  id: string;
  model: string;
  dimensions?: number;
  maxInputTokens?: number;
  embed: (input: EmbeddingInput, options?: EmbeddingCallOptions) => Promise<number[]>;
  embedBatch: (inputs: EmbeddingInput[], options?: EmbeddingCallOptions) => Promise<number[][]>;
}

export interface EmbeddingIdentity {
  model: string;
  cacheKeyData: Record<string, unknown>;
}

/** An embedding provider, as `api.registerEmbeddingProvider` takes it. */
export interface HostEmbeddingAdapter {
  id: string;
  defaultModel: string;
  transport: "remote";
  authProviderId: string;
  normalizeModel: (options: EmbeddingOptions) => string;
  resolveIndexIdentity: (options: EmbeddingOptions) => EmbeddingIdentity;
  create: (options: EmbeddingOptions) => Promise<{
    provider: HostEmbeddingProvider;
    runtime: { id: string; cacheKeyData: Record<string, unknown> };
  }>;
  formatSetupError: (error: unknown) => string;
}

export interface HostLogger {
  info: (message: string) => void;
  warn: (message: string) => void;
}

/** Helpers of the running host; a CLI that only reads the plugin's description may not have them. */
export interface HostRuntime {
  version: string;
  config: { current: () => HostConfig };
  state: { resolveStateDir: () => string };
}

/** A command line of the host, as far as `commander` is used here. */
export interface HostCommand {
  command(nameAndArguments: string): HostCommand;
  description(text: string): HostCommand;
  option(flags: string, description: string): HostCommand;
  action(run: (options: Readonly<Record<string, string | boolean | undefined>>) => Promise<void>): HostCommand;
}

export interface HostCliContext {
  program: HostCommand;
  config: HostConfig;
}

export interface HostCliOptions {
  descriptors: { name: string; description: string; hasSubcommands: boolean }[];
}

/** A credential the host did not find itself. */
export interface SyntheticAuth {
  apiKey: string;
  source: string;
  mode: "api-key";
}

export interface SyntheticAuthContext {
  config?: HostConfig;
  provider: string;
}

/** What the host gives to `register`. */
export interface HostApi {
  logger: HostLogger;
  runtime: HostRuntime;
  registerCli: (registrar: (ctx: HostCliContext) => void, options: HostCliOptions) => void;
  registerProvider: (provider: HostProvider) => void;
  registerEmbeddingProvider: (adapter: HostEmbeddingAdapter) => void;
}
