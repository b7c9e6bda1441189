import { BedrockError, type Message, type Tool } from "@clawrock/conversation";
import type { EffortLevel } from "@clawrock/model-capabilities";

/** `auto`: the model decides. `any`: it must call one. `none`: it must not. `{ tool }`: it must call this one. */
export type ToolChoice = "auto" | "any" | "none" | { readonly tool: string };

/** An answer as JSON that follows a schema. */
export interface OutputSchema {
  /** Letters, digits, `_` and `-`, at most 64. Default `answer`. */
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** A JSON Schema of type `object`, in the subset that the model takes. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** One turn to ask for, whatever the API. What the model or its API does not take is left out. */
export interface MantleTurn {
  readonly system?: string | undefined;
  readonly messages: readonly Message[];
  readonly tools?: readonly Tool[] | undefined;
  /** Default: `auto`. */
  readonly toolChoice?: ToolChoice | undefined;
  /** Whether one answer may hold several calls. Default: the service's, which is yes. */
  readonly parallelToolCalls?: boolean | undefined;
  /** Cut to the model's own maximum. Default: the service's; Messages, which asks for one, gets the model's maximum. */
  readonly maxTokens?: number | undefined;
  /** 0 to 2; to 1 for Messages. */
  readonly temperature?: number | undefined;
  /** 0 to 1. */
  readonly topP?: number | undefined;
  /** Left out for Responses, which knows none. */
  readonly stopSequences?: readonly string[] | undefined;
  /** How hard to think; `off` for not at all. The nearest level the model has is sent. Default: the model's own. */
  readonly thinking?: EffortLevel | "off" | undefined;
  /** Tokens to think with per level, for models that take a budget. */
  readonly thinkingBudgets?: Partial<Record<EffortLevel, number>> | undefined;
  /**
   * Prompt caching of Messages: `short` is five minutes, `long` one hour where the model offers it, for every cache point. Default:
   * `short`. Chat completions and Responses cache by themselves.
   */
  readonly cacheRetention?: "none" | "short" | "long" | undefined;
  /** Makes the answer JSON. */
  readonly output?: OutputSchema | undefined;
}

/** @throws BedrockError of kind `invalid-request` for a figure or name that no API takes; nothing was sent. */
export function checkTurn({ maxTokens, temperature, topP, toolChoice, tools, messages, output }: MantleTurn): void {
  if (messages.length === 0) throw refused("messages is empty", "Give at least one message");
  if (maxTokens !== undefined && !(Number.isInteger(maxTokens) && maxTokens >= 1)) {
    throw refused(`maxTokens is ${maxTokens}`, "Give a whole number of at least 1");
  }
  if (temperature !== undefined && !(temperature >= 0 && temperature <= 2)) {
    throw refused(`temperature is ${temperature}`, "Give a number from 0 to 2");
  }
  if (topP !== undefined && !(topP >= 0 && topP <= 1)) throw refused(`topP is ${topP}`, "Give a number from 0 to 1");
  if (typeof toolChoice === "object" && !tools?.some(({ name }) => name === toolChoice.tool)) {
    throw refused(`toolChoice names the tool "${toolChoice.tool}", which tools does not hold`, "Name one of the tools");
  }
  if (output?.name !== undefined && !/^[a-zA-Z0-9_-]{1,64}$/u.test(output.name)) {
    throw refused(`output.name is "${output.name}"`, "Use 1 to 64 letters, digits, _ and -");
  }
}

function refused(problem: string, fix: string): BedrockError {
  return new BedrockError({ kind: "invalid-request", problem, fix });
}
