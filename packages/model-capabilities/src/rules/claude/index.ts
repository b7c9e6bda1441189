import type { InputModality, Known, MantleRoute, ModelName, Sampling, ToolSupport } from "../../types.ts";
import {
  byRule,
  type FamilyRules,
  FULL_SAMPLING,
  inherited,
  limits,
  NO_TOOLS,
  type RuleSource,
  type Traits,
  userGuide,
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

/** Anthropic's Claude on Bedrock, from 2 to the newest. */
export const CLAUDE: FamilyRules = { family: "claude", holds: (name) => /^claude(-|$)/.test(name), traits };

function traits(model: ModelName): Traits {
  const identity = claudeIdentity(model);
  const traits = traitsOf(model, identity);
  return isSeenClaude(identity) ? traits : inherited(traits);
}

function traitsOf(model: ModelName, identity: ClaudeIdentity): Traits {
  const generation = claudeGeneration(identity);
  const holds = identity.version >= 500;
  return {
    ...sizes(generation, identity),
    input: byRule("claude reads images and documents from 3 on", modalities(generation, identity)),
    output: byRule("claude writes text", ["text"]),
    reasoning: claudeReasoning(generation, identity),
    sampling: sampling(generation),
    tools: byRule(`tools of claude ${generation}`, tools(generation, identity), toolSource(generation, identity)),
    promptCaching: claudeCaching(generation, identity, model),
    structuredOutput: byRule(
      "claude's structured output where strict tools are, but for Sonnet 4.6 and Haiku 4.5, which break it",
      takesStrict(identity) &&
        !(identity.line === "sonnet" && identity.version === 406) &&
        !(identity.line === "haiku"),
      { url: userGuide("structured-output") },
    ),
    citations: byRule("claude cites documents from 3.5 on", identity.version >= 305, { assumed: true }),
    latencyOptimized: byRule(
      "only 3.5 Haiku of claude is latency-optimised",
      identity.line === "haiku" && identity.version === 305,
      {
        url: userGuide("latency-optimized-inference"),
      },
    ),
    systemPrompt: byRule("claude takes a system prompt", true),
    holdUntilStop: byRule(
      holds ? "a refusal of claude 5 withdraws what was streamed" : "claude before 5 withdraws nothing",
      holds,
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
        generation === "unseen"
          ? { assumed: true }
          : { url: "https://platform.claude.com/docs/en/about-claude/models/overview" },
      );
  }
}

function modalities(generation: ClaudeGeneration, { line, version }: ClaudeIdentity): readonly InputModality[] {
  if (generation === "legacy" || (line === "haiku" && version === 305)) return ["text", "document"];
  return ["text", "image", "document"];
}

const BOTH = byRule("claude up to 4 takes temperature and topP", {
  ...FULL_SAMPLING,
  topK: "top_k",
  whileThinking: false,
} satisfies Sampling);
const ONE = byRule(
  "claude 4.1 to 4.6 takes temperature or topP, not both",
  { ...BOTH.value, both: false },
  { url: "https://github.com/aws-samples/bedrock-access-gateway/issues/191" },
);
const NEITHER = byRule(
  "claude from 4.7 on takes neither temperature nor topP nor topK",
  { temperature: false, topP: false, both: false, stopSequences: true, whileThinking: false },
  { url: "https://docs.openclaw.ai/providers/bedrock" },
);

function sampling(generation: ClaudeGeneration): Known<Sampling> {
  if (generation === "4.5" || generation === "4.6") return ONE;
  return generation === "legacy" || generation === "3" || generation === "3.7" || generation === "4" ? BOTH : NEITHER;
}

function tools(generation: ClaudeGeneration, identity: ClaudeIdentity): ToolSupport {
  if (generation === "legacy") return NO_TOOLS;
  return {
    supported: true,
    streaming: true,
    choice: isForcible(generation) ? ["auto", "any", "tool"] : ["auto"],
    forcedChoiceRefusedWhileThinking: isForcible(generation) && generation !== "3" && identity.version < 408,
    strict: takesStrict(identity),
    imagesInResults: generation !== "3" || identity.line !== "haiku" || identity.version < 305,
    documentsInResults: true,
    mixedResults: true,
    resultStatus: true,
  };
}

/** Nobody has said of these whether they take strict or forced tools. */
function toolSource(generation: ClaudeGeneration, { line, version }: ClaudeIdentity): RuleSource {
  const unsaid =
    generation === "haiku-5.5" || line === "mythos" || (line === "sonnet" && version >= 505) || version === 502;
  return unsaid ? { assumed: true } : { url: userGuide("tool-use") };
}

/** From Fable and 5.5 on a forced tool choice is refused, thinking or not. */
function isForcible(generation: ClaudeGeneration): boolean {
  return generation !== "5.5" && generation !== "haiku-5.5" && generation !== "fable" && generation !== "unseen";
}

/** Not monotone: later models refuse `strict` that earlier ones took, so the list is of those seen to take it. */
function takesStrict({ line, version }: ClaudeIdentity): boolean {
  return STRICT.get(line)?.includes(version) === true;
}

const STRICT: ReadonlyMap<string, readonly number[]> = new Map([
  ["opus", [405, 406, 500]],
  ["sonnet", [405, 406]],
  ["haiku", [405]],
  ["fable", [500]],
]);

function invocation(generation: ClaudeGeneration, { line }: ClaudeIdentity): Traits {
  if (generation === "legacy") {
    return { invocation: byRule("claude 2 is invoked on demand", { onDemand: true, byProfile: false }) };
  }
  if (line === "mythos") return {};
  const onDemand = generation === "3";
  return {
    invocation: byRule(
      onDemand ? "claude 3 and 3.5 are invoked on demand or by profile" : "claude from 3.7 on is invoked by profile",
      { onDemand, byProfile: true },
    ),
  };
}

function mantle(generation: ClaudeGeneration, { line, version }: ClaudeIdentity): Traits {
  const served = generation === "4.7" || version >= 500 || (line === "haiku" && version >= 405);
  if (!served) return {};
  const route: MantleRoute = { path: "/anthropic/v1", apis: ["messages"] };
  return {
    mantle: byRule("claude answers Anthropic's Messages on Mantle", route, {
      url: userGuide("inference-messages-api"),
      ...(version > 500 ? { assumed: true } : {}),
    }),
  };
}
