import type { EffortLevel, Known, Reasoning } from "../../types.ts";
import { userGuide } from "../sources.ts";
import { byRule, type RuleSource } from "../traits.ts";
import type { ClaudeGeneration, ClaudeIdentity } from "./generation.ts";

const EXTENDED = userGuide("claude-messages-extended-thinking");
const ADAPTIVE = userGuide("claude-messages-adaptive-thinking");
const INTERLEAVED = "interleaved-thinking-2025-05-14";
const UP_TO_MAX: readonly EffortLevel[] = ["low", "medium", "high", "xhigh", "max"];

const NONE: Reasoning = { mode: "none", whenOmitted: "off", off: "omit", signed: false, replay: "drop" };

const BUDGET: Reasoning = {
  mode: "budget",
  request: "anthropic-budget",
  whenOmitted: "off",
  off: "omit",
  minBudget: 1024,
  signed: true,
  replay: "signed",
};

const INTERLEAVED_BUDGET: Reasoning = { ...BUDGET, interleavedBeta: INTERLEAVED };

const ADAPTIVE_ON_REQUEST: Reasoning = {
  mode: "adaptive",
  request: "anthropic-adaptive",
  levels: UP_TO_MAX,
  defaultLevel: "high",
  whenOmitted: "off",
  off: "omit",
  signed: true,
  textOnRequest: true,
  replay: "signed",
};

/** Thinks unless told otherwise; how it is told differs by model. */
const ADAPTIVE_ON: Reasoning = { ...ADAPTIVE_ON_REQUEST, whenOmitted: "on", off: "no" };

const ALWAYS_FROM_5: RuleSource = { url: "https://platform.claude.com/docs/en/models/opus-5-5/overview" };

const BY_GENERATION: Readonly<Record<ClaudeGeneration, Known<Reasoning>>> = {
  legacy: byRule("claude before 3.7 does not think", NONE, { url: EXTENDED }),
  "3": byRule("claude before 3.7 does not think", NONE, { url: EXTENDED }),
  "3.7": byRule("claude 3.7 thinks within a budget", BUDGET, { url: EXTENDED }),
  "4": byRule("claude 4 to 4.5 thinks within a budget", INTERLEAVED_BUDGET, { url: EXTENDED }),
  "4.5": byRule("claude 4 to 4.5 thinks within a budget", INTERLEAVED_BUDGET, { url: EXTENDED }),
  "4.6": byRule(
    "claude 4.6 thinks adaptively when asked",
    { ...ADAPTIVE_ON_REQUEST, levels: ["low", "medium", "high", "max"], textOnRequest: false },
    { url: ADAPTIVE },
  ),
  "4.7": byRule("claude 4.7 and 4.8 think adaptively when asked", ADAPTIVE_ON_REQUEST, { url: ADAPTIVE }),
  "5": byRule(
    "opus 5 thinks unless disabled at high effort or less",
    { ...ADAPTIVE_ON, off: "disabled", offUpTo: "high" },
    { url: "https://platform.claude.com/docs/en/about-claude/models/whats-new-opus-5" },
  ),
  "5.5": byRule("opus 5.5 always thinks, at medium effort", { ...ADAPTIVE_ON, defaultLevel: "medium" }, ALWAYS_FROM_5),
  "haiku-5.5": byRule(
    "haiku 5.5 thinks unless disabled at its default effort",
    { ...ADAPTIVE_ON, off: "disabled", offUpTo: "medium", defaultLevel: "medium" },
    { url: "https://openrouter.ai/docs" },
  ),
  fable: byRule("fable and mythos always think", ADAPTIVE_ON, { url: EXTENDED }),
  unseen: byRule("an unseen claude thinks as opus 5.5", { ...ADAPTIVE_ON, defaultLevel: "medium" }, { assumed: true }),
};

/** Where the Sonnet of a generation differs from its Opus. */
const SONNET: { readonly [generation in ClaudeGeneration]?: Known<Reasoning> } = {
  "5": byRule("sonnet 5 always thinks; low effort is the least", ADAPTIVE_ON, {
    url: "https://docs.openclaw.ai/providers/bedrock",
  }),
  "5.5": byRule("sonnet 5.5 always thinks; it has no off but `between_tools`", ADAPTIVE_ON, {
    url: "https://github.com/vercel/ai",
    basis: "reported",
  }),
};

/** How a Claude model thinks. */
export function claudeReasoning(generation: ClaudeGeneration, { line }: ClaudeIdentity): Known<Reasoning> {
  return (line === "sonnet" ? SONNET[generation] : undefined) ?? BY_GENERATION[generation];
}
