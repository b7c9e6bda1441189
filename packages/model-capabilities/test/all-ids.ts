import { factRowKeys } from "../src/facts/rows.ts";
import { availability, foundationModels, HAS_SHARED_DATA } from "./shared-data.ts";
import { SYNTHETIC_IDS } from "./synthetic-ids.ts";

/** Each row of the table, with the version its key tells, and models that no row has. */
export const IDS: readonly string[] = [
  ...factRowKeys().map((key) => key.replace(/@([0-9]+)$/, "-v$1:0")),
  ...SYNTHETIC_IDS,
  ...(HAS_SHARED_DATA ? [...foundationModels().map((model) => model.modelId), ...Object.keys(availability())] : []),
  "anthropic.claude-3-sonnet-20240229-v1:0",
  "anthropic.claude-mythos-5",
  "meta.llama2-13b-chat-v1",
  "ai21.j2-ultra-v1",
  "anthropic.claude-v2:1",
  "amazon.nova-canvas-v1:0",
  "amazon.nova-reel-v1:1",
  "amazon.nova-2-sonic-v1:0",
  "amazon.titan-image-generator-v2:0",
  "amazon.nova-pro-v1:0:24k",
  "stability.stable-image-core-v1:1",
  "luma.ray-v2:0",
  "minimax.minimax-m3",
  "deepseek.v4",
  "xai.grok-5",
  "moonshotai.kimi-k2-0905",
  "sa.anthropic.claude-opus-5-5",
];
