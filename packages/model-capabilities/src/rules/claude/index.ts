import type {
  InputModality,
  Known,
  MediaRules,
  ModelName,
  OutputModality,
  Sampling,
  ToolSupport,
  TurnRules,
} from "../../types.ts";
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
  claudeLikeness,
  isSeenClaude,
} from "./generation.ts";
import { claudeReasoning } from "./reasoning.ts";

const TOOL_USE: RuleSource = { url: userGuide("tool-use") };
const MESSAGES: RuleSource = { url: userGuide("inference-messages-api") };
/** The host holds Claude 5 back until the stop reason. */
const HOST: RuleSource = { url: "https://github.com/openclaw/openclaw", basis: "code" };

/** Anthropic's Claude on Bedrock, from 2 to the newest. */
export const CLAUDE: FamilyRules = {
  ...{ family: "claude", holds: (name) => /^claude(-|$)/.test(name), traits },
  likeness: claudeLikeness,
};

function traits(model: ModelName): Traits {
  const identity = claudeIdentity(model);
  const traits = traitsOf(model, identity);
  return isSeenClaude(identity) ? traits : inherited(traits);
}

/** Values are made once, when the module loads; a lookup picks them. */
function traitsOf(model: ModelName, identity: ClaudeIdentity): Traits {
  const generation = claudeGeneration(identity);
  const { line, version } = identity;
  const strict = STRICT.get(line)?.includes(version) === true;
  const structured = strict && line !== "haiku" && !(line === "sonnet" && version === 406);
  const earlyHaiku = line === "haiku" && version === 305;
  return {
    ...(LIMITS[generation] ?? claudeLimits(generation, identity)),
    input: generation === "legacy" || earlyHaiku ? BLIND : SEEING,
    output: OUTPUT,
    reasoning: claudeReasoning(generation, identity),
    sampling: SAMPLING[generation],
    tools: tools(generation, identity, strict),
    promptCaching: claudeCaching(generation, identity, model),
    structuredOutput: structured ? STRUCTURED.yes : STRUCTURED.no,
    citations: version >= 305 ? CITATIONS.yes : CITATIONS.no,
    latencyOptimized: earlyHaiku ? LATENCY.yes : LATENCY.no,
    systemPrompt: SYSTEM_PROMPT,
    turns: version < 406 ? TURNS.yes : TURNS.no,
    mediaRules: version < 400 ? MEDIA_TO_3 : MEDIA,
    holdUntilStop: version >= 500 ? WITHDRAWS : STANDS,
    ...(line === "mythos" ? undefined : INVOCATION[generation]),
    ...(generation === "4.7" || version >= 500 || (line === "haiku" && version >= 405)
      ? version > 500 && line !== "mythos"
        ? MANTLE_ASSUMED
        : MANTLE
      : undefined),
  };
}

const INPUT_RULE = "claude reads images and documents from 3 on";
const SEEING = byRule<readonly InputModality[]>(INPUT_RULE, ["text", "image", "document"], LISTED);
const BLIND = byRule<readonly InputModality[]>(INPUT_RULE, ["text", "document"], LISTED);
const OUTPUT = byRule<readonly OutputModality[]>("claude writes text", ["text"], LISTED);
const SYSTEM_PROMPT = byRule("claude takes a system prompt", true, FEATURES);
const STRUCTURED = yesAndNo(
  "claude's structured output where strict tools are, but for Sonnet 4.6 and Haiku 4.5, which break it",
  { url: userGuide("structured-output") },
);
const CITATIONS = yesAndNo("claude cites documents from 3.5 on", ASSUMED);
const LATENCY = yesAndNo("only 3.5 Haiku of claude is latency-optimised", {
  url: userGuide("latency-optimized-inference"),
});
const PREFILL = reported("anomalyco/opencode", 29760);
const TURNS = {
  yes: byRule<TurnRules>(
    "claude up to 4.5 speaks first and continues its words",
    { leadingAssistant: true, prefill: true },
    PREFILL,
  ),
  no: byRule<TurnRules>(
    "claude from 4.6 on speaks first, and refuses a prefill",
    { leadingAssistant: true, prefill: false },
    PREFILL,
  ),
};
const IMAGES_OF_MANY = 2000;
const DOCUMENTS: RuleSource = { url: userGuide("inference-api-restrictions") };
const MEDIA_TO_3 = byRule<MediaRules>(
  "claude up to 3.7 reads nothing from S3; small images where there are many",
  { s3: [], unlimitedDocuments: [], maxPixelsOfManyImages: IMAGES_OF_MANY },
  DOCUMENTS,
);
const MEDIA = byRule<MediaRules>(
  "claude from 4 on reads PDFs of any size, nothing from S3; small images where there are many",
  { s3: [], unlimitedDocuments: ["pdf"], maxPixelsOfManyImages: IMAGES_OF_MANY },
  DOCUMENTS,
);
const WITHDRAWS = byRule("a refusal of claude 5 withdraws what was streamed", true, HOST);
const STANDS = byRule("claude before 5 withdraws nothing", false, HOST);

function yesAndNo(rule: string, source: RuleSource): { readonly yes: Known<boolean>; readonly no: Known<boolean> } {
  return { yes: byRule(rule, true, source), no: byRule(rule, false, source) };
}

const FROM_4_6 = limits("claude from 4.6 on", 1_000_000, 128_000, {
  url: "https://platform.claude.com/docs/en/about-claude/models/overview",
});

/** Of generations whose models all have the same. */
const LIMITS: { readonly [generation in ClaudeGeneration]?: Traits } = {
  "3.7": limits("claude 3.7", 200_000, 64_000),
  "4.6": FROM_4_6,
  "4.7": FROM_4_6,
  "5": FROM_4_6,
  "5.5": FROM_4_6,
  "haiku-5.5": FROM_4_6,
  fable: FROM_4_6,
  unseen: limits("claude from 4.6 on", 1_000_000, 128_000, ASSUMED),
};

function claudeLimits(generation: ClaudeGeneration, { line, version }: ClaudeIdentity): Traits {
  if (generation === "legacy") {
    return line === "instant" || version < 200 ? limits("claude 1", 100_000, 8191) : limits("claude 2", 200_000, 4096);
  }
  if (generation === "3")
    return version < 305 ? limits("claude 3", 200_000, 4096) : limits("claude 3.5", 200_000, 8192);
  return line === "opus" && version < 405
    ? limits("opus 4 and 4.1", 200_000, 32_000)
    : limits("claude 4 to 4.5", 200_000, 64_000);
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
          // The first Claude 3 wants results alone. https://github.com/langchain-ai/langchain-aws/issues/141
          mixedResults: version >= 305,
          mixedCalls: true,
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

function invoked(rule: string, onDemand: boolean, byProfile: boolean): Traits {
  return { invocation: byRule(rule, { onDemand, byProfile }, LISTED) };
}

const BY_PROFILE = invoked("claude from 3.7 on is invoked by profile", false, true);

const INVOCATION: Readonly<Record<ClaudeGeneration, Traits>> = {
  legacy: invoked("claude 2 is invoked on demand", true, false),
  "3": invoked("claude 3 and 3.5 are invoked on demand or by profile", true, true),
  "3.7": BY_PROFILE,
  "4": BY_PROFILE,
  "4.5": BY_PROFILE,
  "4.6": BY_PROFILE,
  "4.7": BY_PROFILE,
  "5": BY_PROFILE,
  "5.5": BY_PROFILE,
  "haiku-5.5": BY_PROFILE,
  fable: BY_PROFILE,
  unseen: BY_PROFILE,
};

const MANTLE: Traits = {
  mantle: byRule(
    "claude answers Anthropic's Messages on Mantle",
    { path: "/anthropic/v1", apis: ["messages"] },
    MESSAGES,
  ),
};
const MANTLE_ASSUMED: Traits = inherited(MANTLE);
