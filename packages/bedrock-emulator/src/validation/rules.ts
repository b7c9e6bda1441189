import { cachePointRules } from "./cache-points.ts";
import { documentRules } from "./documents.ts";
import { mediaRules } from "./media.ts";
import { messageRules } from "./messages.ts";
import { replayedThinkingRules } from "./replayed-thinking.ts";
import type { ConverseRule } from "./rule.ts";
import { samplingRules } from "./sampling.ts";
import { structuredOutputRules } from "./structured-output.ts";
import { thinkingRules } from "./thinking.ts";
import { toolPairRules } from "./tool-pairs.ts";
import { toolRules } from "./tools.ts";

/** Every rule after the shape, in the order in which they are tried: those of Converse itself before those of the models. */
export const converseRules: readonly ConverseRule[] = [
  ...messageRules,
  ...toolRules,
  ...structuredOutputRules,
  ...toolPairRules,
  ...documentRules,
  ...mediaRules,
  ...cachePointRules,
  ...samplingRules,
  ...thinkingRules,
  ...replayedThinkingRules,
];
