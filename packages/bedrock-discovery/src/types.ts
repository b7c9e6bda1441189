import type { AwsSession } from "@clawrock/aws-auth";
import type { BedrockError } from "@clawrock/conversation";
import type { ModelCapabilities } from "@clawrock/model-capabilities";

/** What an account made itself and what can be invoked like a model. */
export type OwnModelKind = "imported" | "custom" | "provisioned" | "prompt router";

/** How a model is invoked. */
export type ModelInvocation =
  | { readonly kind: "on-demand" }
  | {
      readonly kind: "inference-profile";
      readonly type: "SYSTEM_DEFINED" | "APPLICATION";
      readonly arn: string;
      /** `us`, `eu`, `global`, …; only an application profile has none. */
      readonly geography: string | undefined;
      /** Regions that may answer; `*` stands for every commercial region. */
      readonly destinationRegions: readonly string[];
    }
  | { readonly kind: OwnModelKind; readonly arn: string };

/** Whether the account was granted access to a model; `unknown` unless it was asked for. */
export type ModelAccess = "unknown" | "granted" | "not granted";

/** A model this account can invoke. Plain data: it can be kept as JSON. */
export interface DiscoveredModel {
  /**
   * What to send as `modelId`: a model id, a system-defined profile's id, the ARN of an application profile or of a model of the
   * account's own.
   */
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
  /** No list of Bedrock says it: `createAccessCheck` asks. */
  readonly access: ModelAccess;
  /** One line about the access where it was asked for and is not granted or not known. */
  readonly accessDetail?: string;
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
  /** The region knows it only as the target of a profile. */
  | "other region"
  /** The service says of no way to invoke it, or it is not ready. */
  | "not invocable";

export interface HiddenModel {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  /** The region that listed it. */
  readonly region: string;
  readonly reason: HiddenReason;
  /** One line for people: what it means for this model and what to use instead. */
  readonly detail: string;
}

export type DiscoveryList =
  | "foundation-models"
  | "inference-profiles"
  | "imported-models"
  | "custom-models"
  | "custom-model-deployments"
  | "provisioned-models"
  | "prompt-routers";

/** Something that could not be listed. */
export interface DiscoveryWarning {
  /** Undefined where all of a region failed. */
  readonly list: DiscoveryList | undefined;
  readonly region: string;
  /** One line: what is missing, and the permission or other fix. */
  readonly message: string;
  readonly error: BedrockError;
}

export interface DiscoveryResult {
  /** In the order that `globalProfiles` says, then by name, then by region as they were given. */
  readonly models: readonly DiscoveredModel[];
  readonly hidden: readonly HiddenModel[];
  /** Empty if all lists are complete. */
  readonly warnings: readonly DiscoveryWarning[];
}

export interface DiscoverModelsOptions {
  readonly aws: AwsSession;
  /** Regions to list side by side, each once; blank ones count for nothing. Default: the session's. */
  readonly regions?: readonly string[] | undefined;
  readonly filter?:
    | {
        /** Provider names or vendors of ids, in any case: `anthropic`, `Mistral AI`. Blank ones count for nothing. */
        readonly providers?: readonly string[] | undefined;
      }
    | undefined;
  /**
   * What is offered although it is hidden by default, and what of the account's own is listed too; each of the latter needs the
   * permission for its list.
   */
  readonly include?:
    | readonly ("legacy" | "embeddings" | "no streaming" | "imported" | "custom" | "provisioned" | "prompt routers")[]
    | undefined;
  /**
   * Where profiles that may answer from everywhere stand: before those of a geography, or behind everything, for who wants
   * prompts to stay. Default `first`.
   */
  readonly globalProfiles?: "first" | "last" | undefined;
  /** Context window in tokens where nobody knows it. Default 32,000. */
  readonly defaultContextWindow?: number | undefined;
  /** Output limit in tokens where nobody knows it. Default 4,096. */
  readonly defaultMaxTokens?: number | undefined;
  /** Pages asked for of each list; what came is given with a warning. Default 100. */
  readonly maxPages?: number | undefined;
  /** Time for all lists together, in milliseconds, up to 2,147,483,647. Default 30,000. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}
