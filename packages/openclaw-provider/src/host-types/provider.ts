import type { HostConfig, HostEnv } from "./config.ts";
import type { FailoverContext, FailoverReason } from "./failures.ts";
import type { HostCatalog, HostModel, HostThinkingLevel } from "./models.ts";
import type {
  HostStreamFn,
  PreparedRuntimeAuth,
  RuntimeAuthContext,
  StreamFnContext,
  WrapStreamContext,
} from "./turns.ts";

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

export interface ThinkingProfile {
  levels: { id: HostThinkingLevel }[];
  defaultLevel?: HostThinkingLevel | null;
  preserveWhenCatalogReasoningFalse?: boolean;
}

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
