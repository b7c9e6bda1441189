import type { Message, Tool } from "@clawrock/conversation";
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
}

/** `auto`: the model decides. `any`: it must call some tool. `none`: it may call none. Or one tool by name. */
export type ToolChoice = "auto" | "any" | "none" | { readonly tool: string };

/** One turn to ask for. What the model does not accept is left out, as its capability record says. */
export interface ConverseRequest {
  /** Model id, inference profile id or ARN; or a model resolved before. */
  readonly model: string | ResolvedModel;
  readonly system?: string | undefined;
  readonly messages: readonly Message[];
  readonly tools?: readonly Tool[] | undefined;
  /** Default: `auto`. */
  readonly toolChoice?: ToolChoice | undefined;
  /** Default: the service's for the model. Cut down to what the model can give. */
  readonly maxTokens?: number | undefined;
  /** 0 to 1. */
  readonly temperature?: number | undefined;
  /** 0 to 1. */
  readonly topP?: number | undefined;
  readonly stopSequences?: readonly string[] | undefined;
  /** How hard to think. Default: what the model does when nothing is said. */
  readonly thinking?: "off" | EffortLevel | undefined;
  /** Tokens to think with per level, for models that take a budget. */
  readonly thinkingBudgets?: Partial<Record<EffortLevel, number>> | undefined;
  /** Prompt caching: `short` is five minutes, `long` one hour where the model offers it. Default: `short`. */
  readonly cacheRetention?: "none" | "short" | "long" | undefined;
  readonly serviceTier?: "default" | "priority" | "flex" | "reserved" | undefined;
  readonly requestMetadata?: Readonly<Record<string, string>> | undefined;
}
