import type { BehaviourName } from "../models/behaviour.ts";

/** A model of the Mantle endpoint; its ids have neither geography nor version. */
export interface MantleModel {
  readonly id: string;
  readonly ownedBy: string;
  /** The path family under which it answers. */
  readonly route: "/v1" | "/openai/v1" | "/anthropic/v1";
  readonly chat: boolean;
  /** Answers the Responses API. */
  readonly responses: boolean;
  readonly behaviour: BehaviourName;
  /** Its id on bedrock-runtime's `/openai/v1`, where it is served there too. */
  readonly runtimeId?: string;
  /** Answers the Responses API there; most are served for chat alone. */
  readonly runtimeResponses?: boolean;
}

/** Models of the emulator's Mantle: some on each route, some that are listed but not for chat. */
export const mantleModels: readonly MantleModel[] = [
  {
    id: "openai.gpt-oss-120b",
    ownedBy: "openai",
    route: "/v1",
    chat: true,
    responses: true,
    behaviour: "gptOss",
    runtimeId: "openai.gpt-oss-120b-1:0",
  },
  {
    id: "openai.gpt-oss-20b",
    ownedBy: "openai",
    route: "/v1",
    chat: true,
    responses: true,
    behaviour: "gptOss",
    runtimeId: "openai.gpt-oss-20b-1:0",
  },
  {
    id: "qwen.qwen3-32b",
    ownedBy: "qwen",
    route: "/v1",
    chat: true,
    responses: false,
    behaviour: "qwen3",
    runtimeId: "qwen.qwen3-32b-v1:0",
  },
  {
    id: "mistral.mistral-large-3-675b-instruct",
    ownedBy: "mistral",
    route: "/v1",
    chat: true,
    responses: false,
    behaviour: "mistralLarge3",
  },
  {
    id: "deepseek.v3.2",
    ownedBy: "deepseek",
    route: "/v1",
    chat: true,
    responses: false,
    behaviour: "deepseekV3",
    runtimeId: "deepseek.v3.2",
  },
  {
    id: "moonshotai.kimi-k2-thinking",
    ownedBy: "moonshotai",
    route: "/v1",
    chat: true,
    responses: false,
    behaviour: "kimiThinking",
  },
  { id: "xai.grok-4.3", ownedBy: "xai", route: "/openai/v1", chat: true, responses: true, behaviour: "plain" },
  { id: "openai.gpt-5.5", ownedBy: "openai", route: "/openai/v1", chat: false, responses: true, behaviour: "gpt5" },
  {
    id: "openai.gpt-5.6-luna",
    ownedBy: "openai",
    route: "/openai/v1",
    chat: false,
    responses: true,
    behaviour: "gpt5",
    runtimeId: "openai.gpt-5.6-luna",
    runtimeResponses: true,
  },
  {
    id: "anthropic.claude-opus-4-7",
    ownedBy: "anthropic",
    route: "/anthropic/v1",
    chat: false,
    responses: false,
    behaviour: "claude47",
  },
  {
    id: "anthropic.claude-haiku-4-5",
    ownedBy: "anthropic",
    route: "/anthropic/v1",
    chat: false,
    responses: false,
    behaviour: "claudeHaiku45",
  },
];

/** The OpenAI list shape. */
export function listMantleModels(): object {
  return {
    object: "list",
    data: mantleModels.map((model) => ({
      id: model.id,
      object: "model",
      created: 1_767_225_600,
      owned_by: model.ownedBy,
    })),
  };
}
