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
