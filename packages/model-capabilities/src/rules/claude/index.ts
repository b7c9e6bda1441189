import type { InputModality, Known, MantleRoute, ModelName, Sampling, ToolSupport } from "../../types.ts";
import { ASSUMED, FEATURES, LISTED, PYDANTIC_RECORDED, reported, userGuide } from "../sources.ts";
import {
  byRule,
  type FamilyRules,
  FULL_SAMPLING,
  inherited,
  limits,
  NO_TOOLS,
  type RuleSource,
  type Traits,
} from "../traits.ts";
import { claudeCaching } from "./caching.ts";
import {
  type ClaudeGeneration,
  type ClaudeIdentity,
  claudeGeneration,
  claudeIdentity,
  isSeenClaude,
} from "./generation.ts";
import { claudeReasoning } from "./reasoning.ts";

const STRUCTURED: RuleSource = { url: userGuide("structured-output") };
const LATENCY: RuleSource = { url: userGuide("latency-optimized-inference") };
const TOOL_USE: RuleSource = { url: userGuide("tool-use") };
const MESSAGES: RuleSource = { url: userGuide("inference-messages-api") };
/** The host holds Claude 5 back until the stop reason. */
const HOST: RuleSource = { url: "https://github.com/openclaw/openclaw", basis: "code" };

/** Anthropic's Claude on Bedrock, from 2 to the newest. */
export const CLAUDE: FamilyRules = { family: "claude", holds: (name) => /^claude(-|$)/.test(name), traits };

function traits(model: ModelName): Traits {
  const identity = claudeIdentity(model);
  const traits = traitsOf(model, identity);
  return isSeenClaude(identity) ? traits : inherited(traits);
}

function traitsOf(model: ModelName, identity: ClaudeIdentity): Traits {
  const generation = claudeGeneration(identity);
  const { line, version } = identity;
  const holds = version >= 500;
  const strict = STRICT.get(line)?.includes(version) === true;
  return {
    ...sizes(generation, identity),
    input: byRule("claude reads images and documents from 3 on", modalities(generation, identity), LISTED),
    output: byRule("claude writes text", ["text"], LISTED),
    reasoning: claudeReasoning(generation, identity),
    sampling: SAMPLING[generation],
    tools: tools(generation, identity, strict),
    promptCaching: claudeCaching(generation, identity, model),
    structuredOutput: byRule(
      "claude's structured output where strict tools are, but for Sonnet 4.6 and Haiku 4.5, which break it",
      strict && line !== "haiku" && !(line === "sonnet" && version === 406),
      STRUCTURED,
    ),
    citations: byRule("claude cites documents from 3.5 on", version >= 305),
    latencyOptimized: byRule(
      "only 3.5 Haiku of claude is latency-optimised",
      line === "haiku" && version === 305,
      LATENCY,
    ),
    systemPrompt: byRule("claude takes a system prompt", true, FEATURES),
    holdUntilStop: byRule(
      holds ? "a refusal of claude 5 withdraws what was streamed" : "claude before 5 withdraws nothing",
      holds,
      HOST,
    ),
    ...invocation(generation, identity),
    ...mantle(generation, identity),
  };
}

function sizes(generation: ClaudeGeneration, { line, version }: ClaudeIdentity): Traits {
  switch (generation) {
    case "legacy":
      return line === "instant" || version < 200
        ? limits("claude 1", 100_000, 8191)
        : limits("claude 2", 200_000, 4096);
    case "3":
      return limits(version < 305 ? "claude 3" : "claude 3.5", 200_000, version < 305 ? 4096 : 8192);
    case "3.7":
      return limits("claude 3.7", 200_000, 64_000);
    case "4":
    case "4.5":
      return line === "opus" && version < 405
        ? limits("opus 4 and 4.1", 200_000, 32_000)
        : limits("claude 4 to 4.5", 200_000, 64_000);
    default:
      return limits(
        "claude from 4.6 on",
        1_000_000,
        128_000,
        generation === "unseen" ? ASSUMED : { url: "https://platform.claude.com/docs/en/about-claude/models/overview" },
      );
  }
}

function modalities(generation: ClaudeGeneration, { line, version }: ClaudeIdentity): readonly InputModality[] {
  if (generation === "legacy" || (line === "haiku" && version === 305)) return ["text", "document"];
  return ["text", "image", "document"];
}

const BOTH = byRule(
  "claude up to 4 takes temperature and topP",
  {
    ...FULL_SAMPLING,
    topK: "top_k",
    whileThinking: false,
  } satisfies Sampling,
  PYDANTIC_RECORDED,
);
const ONE = byRule(
  "claude 4.1 to 4.6 takes temperature or topP, not both",
  { ...BOTH.value, both: false },
  reported("aws-samples/bedrock-access-gateway", 191),
);
const NEITHER = byRule(
  "claude from 4.7 on takes neither temperature nor topP nor topK",
  { temperature: false, topP: false, both: false, stopSequences: true, whileThinking: false },
  { url: "https://docs.openclaw.ai/providers/bedrock" },
);

const SAMPLING: Readonly<Record<ClaudeGeneration, Known<Sampling>>> = {
  legacy: BOTH,
  "3": BOTH,
  "3.7": BOTH,
  "4": BOTH,
  "4.5": ONE,
  "4.6": ONE,
  "4.7": NEITHER,
  "5": NEITHER,
  "5.5": NEITHER,
  "haiku-5.5": NEITHER,
  fable: NEITHER,
  unseen: NEITHER,
};

/** From Fable and 5.5 on a forced tool choice is refused, thinking or not. */
const UNFORCIBLE: ReadonlySet<ClaudeGeneration> = new Set(["5.5", "haiku-5.5", "fable", "unseen"]);

function tools(generation: ClaudeGeneration, { line, version }: ClaudeIdentity, strict: boolean): Known<ToolSupport> {
  const forcible = !UNFORCIBLE.has(generation);
  const unsaid =
    generation === "haiku-5.5" || line === "mythos" || (line === "sonnet" && version >= 505) || version === 502;
  return byRule(
    `tools of claude ${generation}`,
    generation === "legacy"
      ? NO_TOOLS
      : {
          supported: true,
          streaming: true,
          choice: forcible ? ["auto", "any", "tool"] : ["auto"],
          forcedChoiceRefusedWhileThinking: forcible && generation !== "3" && version < 408,
          strict,
          imagesInResults: generation !== "3" || line !== "haiku" || version < 305,
          documentsInResults: true,
          mixedResults: true,
          resultStatus: true,
        },
    // Nobody has said of the latest whether they take strict or forced tools.
    unsaid ? ASSUMED : TOOL_USE,
  );
}

/** Not monotone: later models refuse `strict` that earlier ones took, so the list is of those seen to take it. */
const STRICT: ReadonlyMap<string, readonly number[]> = new Map([
  ["opus", [405, 406, 500]],
  ["sonnet", [405, 406]],
  ["haiku", [405]],
  ["fable", [500]],
]);

function invocation(generation: ClaudeGeneration, { line }: ClaudeIdentity): Traits {
  if (generation === "legacy") {
    return { invocation: byRule("claude 2 is invoked on demand", { onDemand: true, byProfile: false }, LISTED) };
  }
  if (line === "mythos") return {};
  const onDemand = generation === "3";
  return {
    invocation: byRule(
      onDemand ? "claude 3 and 3.5 are invoked on demand or by profile" : "claude from 3.7 on is invoked by profile",
      { onDemand, byProfile: true },
      LISTED,
    ),
  };
}

function mantle(generation: ClaudeGeneration, { line, version }: ClaudeIdentity): Traits {
  const served = generation === "4.7" || version >= 500 || (line === "haiku" && version >= 405);
  if (!served) return {};
  const route: MantleRoute = { path: "/anthropic/v1", apis: ["messages"] };
  return {
    mantle: byRule(
      "claude answers Anthropic's Messages on Mantle",
      route,
      version > 500 && line !== "mythos" ? { ...MESSAGES, assumed: true } : MESSAGES,
    ),
  };
}
