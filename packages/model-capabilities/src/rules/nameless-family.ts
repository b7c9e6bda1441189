import { ALWAYS_REASONING } from "./open-weights.ts";
import { byRule, type FamilyRules, type RuleSource, type Traits } from "./traits.ts";

/** OpenClaw marks models as reasoning by these parts of an id. */
const OPENCLAW: RuleSource = { url: "https://docs.openclaw.ai/providers/bedrock-mantle", basis: "code" };
const REASONS = /(^|[.-])(thinking|reasoner|reasoning)([.-]|$)/;

const REASONING: Traits = {
  reasoning: byRule("a name with thinking or reasoner reasons", ALWAYS_REASONING, OPENCLAW),
};
const NOTHING: Traits = {};

/** What the name alone tells of a model whose family nobody knows: one called `thinking` or `reasoner` reasons. */
export const NAMELESS: FamilyRules = {
  family: "unknown",
  holds: () => true,
  traits: ({ name }) => (REASONS.test(name) ? REASONING : NOTHING),
  likeness: ({ name }) => (REASONS.test(name) ? "reasons" : ""),
};
