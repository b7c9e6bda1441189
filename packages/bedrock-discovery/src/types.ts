import type { AwsSession } from "@clawrock/aws-auth";
import type { BedrockError } from "@clawrock/conversation";
import type { ModelCapabilities } from "@clawrock/model-capabilities";

/** How a model is invoked. */
export type ModelInvocation =
  | { readonly kind: "on-demand" }
  | {
      readonly kind: "inference-profile";
      readonly type: "SYSTEM_DEFINED" | "APPLICATION";
      readonly arn: string;
      /** Regions that may answer; `*` stands for every commercial region. */
      readonly destinationRegions: readonly string[];
    };

/** A model this account can invoke. Whether access to it was granted, no list of Bedrock says. */
export interface DiscoveredModel {
  /** What to send as `modelId`: a model id, a system-defined profile's id, an application profile's ARN. */
  readonly id: string;
  readonly name: string;
  /** Provider as Bedrock names it, e.g. `Anthropic`; the vendor of the id where no list says. */
  readonly provider: string;
  /** The region that listed it. Requests must go there. */
  readonly region: string;
  readonly invocation: ModelInvocation;
  /** The foundation model behind it, without version suffix for context lengths; undefined if nothing tells. */
  readonly baseModelId: string | undefined;
  readonly capabilities: ModelCapabilities;
  /** Tokens; `defaultContextWindow` where nobody knows. */
  readonly contextWindow: number;
  /** Tokens; `defaultMaxTokens` where nobody knows. */
  readonly maxOutputTokens: number;
}

/** Why a model of the lists is not offered. */
export type HiddenReason =
  /** The filter leaves its provider out. */
  | "filtered"
  /** The same model under an id with a context length. */
  | "alias"
  /** On its way out: Bedrock refuses it to accounts that have not used it lately. */
  | "legacy"
  /** It makes vectors: see bedrock-embeddings. */
  | "embeddings"
  /** It makes images, video or speech only. */
  | "no text output"
  /** It is spoken to: a turn of text means nothing to it. */
  | "no text input"
  | "no streaming"
  /** The bare id is refused; its inference profiles are not. */
  | "profile only"
  /** It needs provisioned throughput. */
  | "provisioned only"
  /** The service says of no way to invoke it. */
  | "not invocable";

export interface HiddenModel {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly reason: HiddenReason;
  /** One line for people: what it means for this model and what to use instead. */
  readonly detail: string;
}

/** Something that could not be listed. */
export interface DiscoveryWarning {
  readonly list: "foundation-models" | "inference-profiles";
  /** One line: what is missing, and the permission or other fix. */
  readonly message: string;
  readonly error: BedrockError;
}

export interface DiscoveryResult {
  /** Those through a `global.` profile first, then by name. */
  readonly models: readonly DiscoveredModel[];
  readonly hidden: readonly HiddenModel[];
  /** Empty if both lists are complete. */
  readonly warnings: readonly DiscoveryWarning[];
}

export interface DiscoverModelsOptions {
  readonly aws: AwsSession;
  readonly filter?:
    | {
        /** Provider names or vendors of ids, in any case: `anthropic`, `Mistral AI`. Blank ones count for nothing. */
        readonly providers?: readonly string[] | undefined;
      }
    | undefined;
  /** What is offered although it is hidden by default. */
  readonly include?: readonly ("legacy" | "embeddings" | "no streaming")[] | undefined;
  /** Context window in tokens where nobody knows it. Default 32,000. */
  readonly defaultContextWindow?: number | undefined;
  /** Output limit in tokens where nobody knows it. Default 4,096. */
  readonly defaultMaxTokens?: number | undefined;
  /** Time for both lists together, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}
