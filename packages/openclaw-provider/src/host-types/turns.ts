import type { AssistantMessageStream, Context } from "@clawrock/conversation";
import type { HostConfig, HostEnv } from "./config.ts";

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
