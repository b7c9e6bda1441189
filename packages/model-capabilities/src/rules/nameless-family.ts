import type { ModelName } from "../types.ts";
import { ALWAYS_REASONING } from "./open-weights.ts";
import { byRule, type RuleSource, type Traits } from "./traits.ts";

/** OpenClaw marks models as reasoning by these parts of an id. */
const OPENCLAW: RuleSource = { url: "https://docs.openclaw.ai/providers/bedrock-mantle", basis: "code" };
const REASONS = /(^|[.-])(thinking|reasoner|reasoning)([.-]|$)/;

/** What the name alone tells of a model whose family nobody knows: one called `thinking` or `reasoner` reasons. */
export function namelessFamilyTraits({ name }: ModelName): Traits {
  if (!REASONS.test(name)) return {};
  return { reasoning: byRule("a name with thinking or reasoner reasons", ALWAYS_REASONING, OPENCLAW) };
}
