import { describe, expect, it } from "vitest";
import { capabilitiesOf, type ModelCapabilities, parseModelRef } from "../src/index.ts";
import { spellingsOf } from "./spellings.ts";

type Check = (known: ModelCapabilities) => unknown;

interface Rule {
  readonly rule: string;
  /** `vendor name` of each model the rule holds for. */
  readonly models: readonly string[];
  readonly look: Check;
  readonly expected: unknown;
}

const NO_SAMPLING = [
  "claude-opus-4-7",
  "claude-opus-4-8",
  "claude-opus-5",
  "claude-opus-5-5",
  "claude-sonnet-5",
  "claude-sonnet-5-5",
  "claude-haiku-5-5",
  "claude-fable-5",
  "claude-fable-5-1",
  "claude-fable-5-2",
  "claude-mythos-5",
  "claude-mythos-preview",
  "claude-opus-9-1",
  "claude-haiku-6",
  "claude-saga-1",
];
const ONE_OF_TWO = [
  "claude-opus-4-1-20250805-v1:0",
  "claude-sonnet-4-5-20250929-v1:0",
  "claude-haiku-4-5-20251001-v1:0",
  "claude-opus-4-5-20251101-v1:0",
  "claude-opus-4-6-v1",
  "claude-sonnet-4-6",
];
const BOTH = [
  "claude-3-haiku-20240307-v1:0",
  "claude-3-5-sonnet-20241022-v2:0",
  "claude-3-7-sonnet-20250219-v1:0",
  "claude-sonnet-4-20250514-v1:0",
  "claude-opus-4-20250514-v1:0",
];

const anthropic = (names: readonly string[]): readonly string[] => names.map((name) => `anthropic ${name}`);
const reasoning: Check = ({ reasoning: { value } }) => [value.mode, value.request, value.whenOmitted, value.off];
const caching: Check = ({ promptCaching: { value } }) => [value.supported, value.minTokens, value.ttls.join()];

const RULES: readonly Rule[] = [
  {
    rule: "refuses temperature and topP",
    models: anthropic(NO_SAMPLING),
    look: ({ sampling: { value } }) => [value.temperature, value.topP, value.topK, value.stopSequences],
    expected: [false, false, undefined, true],
  },
  {
    rule: "takes temperature or topP, not both",
    models: anthropic(ONE_OF_TWO),
    look: ({ sampling: { value } }) => [value.temperature, value.topP, value.both, value.topK],
    expected: [true, true, false, "top_k"],
  },
  {
    rule: "takes temperature and topP together",
    models: anthropic(BOTH),
    look: ({ sampling: { value } }) => [value.temperature, value.topP, value.both],
    expected: [true, true, true],
  },
  {
    rule: "does not think",
    models: anthropic(["claude-3-haiku-20240307-v1:0", "claude-3-5-sonnet-20240620-v1:0"]),
    look: reasoning,
    expected: ["none", undefined, "off", "omit"],
  },
  {
    rule: "thinks within a budget",
    models: anthropic(["claude-3-7-sonnet-20250219-v1:0", ...ONE_OF_TWO.slice(0, 4), ...BOTH.slice(3)]),
    look: reasoning,
    expected: ["budget", "anthropic-budget", "off", "omit"],
  },
  {
    rule: "thinks adaptively when asked, and is switched off by silence",
    models: anthropic(["claude-opus-4-6-v1", "claude-sonnet-4-6", "claude-opus-4-7", "claude-opus-4-8"]),
    look: reasoning,
    expected: ["adaptive", "anthropic-adaptive", "off", "omit"],
  },
  {
    rule: "thinks unless disabled",
    models: anthropic(["claude-opus-5", "claude-haiku-5-5"]),
    look: reasoning,
    expected: ["adaptive", "anthropic-adaptive", "on", "disabled"],
  },
  {
    rule: "cannot be kept from thinking",
    models: anthropic([
      "claude-opus-5-5",
      "claude-sonnet-5",
      "claude-sonnet-5-5",
      "claude-fable-5-1",
      "claude-mythos-5",
      "claude-opus-9-1",
      "claude-saga-1",
    ]),
    look: reasoning,
    expected: ["adaptive", "anthropic-adaptive", "on", "no"],
  },
  {
    rule: "hides its thinking unless asked for a summary",
    models: anthropic(["claude-opus-4-7", "claude-opus-5", "claude-sonnet-5-5", "claude-opus-9-1"]),
    look: ({ reasoning: { value } }) => value.textOnRequest,
    expected: true,
  },
  {
    rule: "has effort levels up to max without xhigh",
    models: anthropic(["claude-opus-4-6-v1", "claude-sonnet-4-6"]),
    look: ({ reasoning: { value } }) => value.levels?.join(),
    expected: "low,medium,high,max",
  },
  {
    rule: "refuses a forced tool while thinking only",
    models: anthropic(["claude-3-7-sonnet-20250219-v1:0", "claude-opus-4-5-20251101-v1:0", "claude-opus-4-7"]),
    look: ({ tools: { value } }) => [value.choice.join(), value.forcedChoiceRefusedWhileThinking],
    expected: ["auto,any,tool", true],
  },
  {
    rule: "takes a forced tool, thinking or not",
    models: anthropic(["claude-opus-4-8", "claude-opus-5", "claude-sonnet-5"]),
    look: ({ tools: { value } }) => [value.choice.join(), value.forcedChoiceRefusedWhileThinking],
    expected: ["auto,any,tool", false],
  },
  {
    rule: "always refuses a forced tool",
    models: anthropic([
      "claude-fable-5",
      "claude-opus-5-5",
      "claude-sonnet-5-5",
      "claude-haiku-5-5",
      "claude-opus-9-1",
    ]),
    look: ({ tools: { value } }) => value.choice.join(),
    expected: "auto",
  },
  {
    rule: "takes strict tools",
    models: anthropic(["claude-haiku-4-5-20251001-v1:0", "claude-opus-4-6-v1", "claude-opus-5", "claude-fable-5"]),
    look: ({ tools: { value } }) => value.strict,
    expected: true,
  },
  {
    rule: "refuses strict tools",
    models: anthropic(["claude-opus-4-7", "claude-opus-4-8", "claude-sonnet-5", "claude-opus-5-5", "claude-fable-5-1"]),
    look: ({ tools: { value } }) => value.strict,
    expected: false,
  },
  {
    rule: "caches from 512 tokens on, for an hour too",
    models: anthropic(["claude-opus-5", "claude-opus-5-5", "claude-haiku-5-5", "claude-fable-5-1"]),
    look: caching,
    expected: [true, 512, "5m,1h"],
  },
  {
    rule: "caches from 1,024 tokens on, for an hour too",
    models: anthropic(["claude-opus-4-8", "claude-sonnet-4-6", "claude-sonnet-5", "claude-sonnet-4-5-20250929-v1:0"]),
    look: caching,
    expected: [true, 1024, "5m,1h"],
  },
  {
    rule: "caches from 4,096 tokens on",
    models: anthropic([
      "claude-opus-4-5-20251101-v1:0",
      "claude-opus-4-6-v1",
      "claude-opus-4-7",
      "claude-haiku-4-5-20251001-v1:0",
    ]),
    look: caching,
    expected: [true, 4096, "5m,1h"],
  },
  {
    rule: "caches for five minutes only",
    models: anthropic([
      "claude-3-7-sonnet-20250219-v1:0",
      "claude-opus-4-1-20250805-v1:0",
      "claude-3-5-sonnet-20241022-v2:0",
    ]),
    look: caching,
    expected: [true, 1024, "5m"],
  },
  {
    rule: "caches nothing",
    models: [
      ...anthropic(["claude-3-haiku-20240307-v1:0", "claude-3-5-sonnet-20240620-v1:0"]),
      "deepseek r1-v1:0",
      "moonshotai kimi-k3",
    ],
    look: ({ promptCaching: { value } }) => value.supported,
    expected: false,
  },
  {
    rule: "withdraws what it streamed when it refuses",
    models: anthropic(["claude-opus-5", "claude-sonnet-5-5", "claude-fable-5", "claude-opus-9-1"]),
    look: ({ holdUntilStop }) => holdUntilStop.value,
    expected: true,
  },
  {
    rule: "honours a JSON schema",
    models: anthropic(["claude-sonnet-4-5-20250929-v1:0", "claude-opus-4-5-20251101-v1:0", "claude-opus-5"]),
    look: ({ structuredOutput }) => structuredOutput?.value,
    expected: true,
  },
  {
    rule: "does not honour a JSON schema",
    models: [
      ...anthropic(["claude-sonnet-4-6", "claude-haiku-4-5-20251001-v1:0", "claude-opus-4-7", "claude-opus-5-5"]),
      "openai gpt-oss-120b",
      "amazon nova-pro-v1:0",
    ],
    look: ({ structuredOutput }) => structuredOutput?.value,
    expected: false,
  },
  {
    rule: "is latency-optimised",
    models: [
      ...anthropic(["claude-3-5-haiku-20241022-v1:0"]),
      "amazon nova-pro-v1:0",
      "meta llama3-1-405b-instruct-v1:0",
      "meta llama3-1-70b-instruct-v1:0",
    ],
    look: ({ latencyOptimized }) => latencyOptimized?.value,
    expected: true,
  },
  {
    rule: "is not latency-optimised",
    models: [...anthropic(["claude-haiku-4-5-20251001-v1:0", "claude-opus-5"]), "amazon nova-lite-v1:0"],
    look: ({ latencyOptimized }) => latencyOptimized?.value,
    expected: false,
  },
  {
    rule: "lets a client think between tools by a beta",
    models: anthropic(["claude-opus-4-5-20251101-v1:0", "claude-sonnet-4-20250514-v1:0"]),
    look: ({ reasoning: { value } }) => [value.interleavedBeta, value.minBudget, value.signed, value.replay],
    expected: ["interleaved-thinking-2025-05-14", 1024, true, "signed"],
  },
  {
    rule: "always reasons and takes no field",
    models: ["deepseek r1-v1:0", "moonshotai kimi-k2-thinking", "mistral magistral-small-2509", "minimax minimax-m2.5"],
    look: ({ reasoning: { value } }) => [value.mode, value.request, value.whenOmitted, value.off, value.signed],
    expected: ["always", undefined, "on", "no", false],
  },
  {
    rule: "is on Mantle only",
    models: ["openai gpt-5.5", "google gemma-4-31b", "xai grok-4.3", "zai glm-4.6"],
    look: ({ invocation }) => [invocation?.value.onDemand, invocation?.value.byProfile],
    expected: [false, false],
  },
  {
    rule: "is invoked by profile only",
    models: [
      ...anthropic(["claude-opus-4-7", "claude-3-7-sonnet-20250219-v1:0"]),
      "amazon nova-2-lite-v1:0",
      "amazon nova-premier-v1:0",
      "meta llama4-scout-17b-instruct-v1:0",
      "deepseek r1-v1:0",
      "writer palmyra-x5-v1:0",
    ],
    look: ({ invocation }) => [invocation?.value.onDemand, invocation?.value.byProfile],
    expected: [false, true],
  },
  {
    rule: "reasons when asked with an effort, and bare at high",
    models: ["amazon nova-2-lite-v1:0", "amazon nova-3-pro-v1:0"],
    look: ({ reasoning: { value } }) => [value.request, value.levels?.join(), value.bareLevels?.join(), value.off],
    expected: ["nova-reasoning-config", "low,medium,high", "high", "omit"],
  },
  {
    rule: "caches no tools",
    models: ["amazon nova-micro-v1:0", "amazon nova-lite-v1:0", "amazon nova-2-lite-v1:0"],
    look: ({ promptCaching: { value } }) => value.fields.join(),
    expected: "system,messages",
  },
  {
    rule: "takes tools outside of streams only, alone in their turn",
    models: [
      "meta llama3-1-70b-instruct-v1:0",
      "meta llama3-3-70b-instruct-v1:0",
      "meta llama4-maverick-17b-instruct-v1:0",
      "meta llama5-9b-instruct-v1:0",
    ],
    look: ({ tools: { value } }) => [value.supported, value.streaming, value.choice.join(), value.mixedResults],
    expected: [true, false, "auto", false],
  },
  {
    rule: "has no tools",
    models: [
      "deepseek r1-v1:0",
      "meta llama3-8b-instruct-v1:0",
      "meta llama3-2-1b-instruct-v1:0",
      "mistral mixtral-8x7b-instruct-v0:1",
      "amazon titan-text-express-v1",
    ],
    look: ({ tools: { value } }) => value.supported,
    expected: false,
  },
  {
    rule: "refuses a system prompt",
    models: ["mistral mistral-7b-instruct-v0:2", "mistral mixtral-8x7b-instruct-v0:1", "amazon titan-text-express-v1"],
    look: ({ systemPrompt }) => systemPrompt.value,
    expected: false,
  },
  {
    rule: "refuses stop sequences",
    models: ["openai gpt-oss-120b-1:0", "openai gpt-oss-20b", "zai glm-4.7", "qwen qwen3-32b-v1:0"],
    look: ({ sampling: { value } }) => [value.temperature, value.stopSequences],
    expected: [true, false],
  },
  {
    rule: "takes no sampling field at all",
    models: ["openai gpt-5.6-sol", "openai gpt-6-astra", "openai gpt-6.1-terra", "openai gpt-7-luna"],
    look: ({ sampling: { value } }) => [value.temperature, value.topP, value.stopSequences],
    expected: [false, false, false],
  },
  {
    rule: "takes a flat effort and is never silent",
    models: ["openai gpt-oss-120b-1:0", "openai gpt-oss-20b-1:0", "openai gpt-oss-safeguard-20b"],
    look: reasoning,
    expected: ["effort", "reasoning-effort-flat", "on", "no"],
  },
  {
    rule: "takes a nested effort, none included",
    models: ["openai gpt-5.6-sol", "openai gpt-6-luna", "moonshotai kimi-k3", "moonshotai kimi-k3.1", "xai grok-4.3"],
    look: reasoning,
    expected: ["effort", "reasoning-nested", "on", "disabled"],
  },
  {
    rule: "takes reasoning_config and is off without it",
    models: [
      "deepseek v3-v1:0",
      "deepseek v3.2",
      "qwen qwen3-32b-v1:0",
      "zai glm-4.7",
      "zai glm-5",
      "moonshotai kimi-k2.5",
    ],
    look: reasoning,
    expected: ["effort", "reasoning-config-string", "off", "omit"],
  },
  {
    rule: "is not asked to reason while its shape is unseen",
    models: ["deepseek v4", "minimax minimax-m3", "qwen qwen4-30b"],
    look: ({ reasoning: { value, provenance } }) => [value.mode, provenance.from === "rule" && provenance.assumed],
    expected: ["none", true],
  },
  {
    rule: "refuses status on tool results",
    models: ["writer palmyra-x4-v1:0", "writer palmyra-vision-7b"],
    look: ({ tools: { value } }) => value.resultStatus,
    expected: false,
  },
  {
    rule: "answers Messages on Mantle",
    models: anthropic([
      "claude-haiku-4-5-20251001-v1:0",
      "claude-opus-4-7",
      "claude-opus-5",
      "claude-sonnet-5",
      "claude-fable-5",
    ]),
    look: ({ mantle }) => [mantle?.value.path, mantle?.value.apis.join()],
    expected: ["/anthropic/v1", "messages"],
  },
  {
    rule: "answers at Mantle's /openai/v1",
    models: ["openai gpt-5.5", "openai gpt-6-sol", "google gemma-4-31b", "xai grok-4.6"],
    look: ({ mantle }) => mantle?.value.path,
    expected: "/openai/v1",
  },
  {
    rule: "answers at Mantle's /v1",
    models: [
      "openai gpt-oss-20b",
      "google gemma-3-27b-it",
      "qwen qwen3-32b",
      "zai glm-4.6",
      "moonshotai kimi-k2-thinking",
    ],
    look: ({ mantle }) => mantle?.value.path,
    expected: "/v1",
  },
];

describe.each(RULES)("$rule", ({ models, look, expected }) => {
  it.each(models)("%s, in every spelling", (model) => {
    const [vendor = "", name = ""] = model.split(" ");
    const spellings = spellingsOf(vendor, name).filter((id) => id !== name || KEEPS_FAMILY.test(name));
    const differing = spellings.filter((id) => {
      const seen = look(capabilitiesOf(parseModelRef(id)));
      return JSON.stringify(seen) !== JSON.stringify(expected);
    });
    expect(differing, JSON.stringify(look(capabilitiesOf(parseModelRef(`${vendor}.${name}`))))).toEqual([]);
  });
});

/** DeepSeek's listed names (`r1`, `v3.2`) say nothing without their vendor. */
const KEEPS_FAMILY = /^[a-z]{3,}/;

describe("an unseen model", () => {
  it("has its newest sibling's behaviour, marked as assumed", () => {
    const unseen = capabilitiesOf(parseModelRef("anthropic.claude-opus-9-1"));
    const newest = capabilitiesOf(parseModelRef("anthropic.claude-opus-5-5"));
    for (const field of ["reasoning", "sampling", "tools", "promptCaching", "holdUntilStop"] as const) {
      expect(unseen[field].value).toEqual(newest[field].value);
      expect(unseen[field].provenance).toMatchObject({ from: "rule", assumed: true });
    }
    expect(unseen.contextWindow?.value).toBe(1_000_000);
    expect(unseen.price).toBeUndefined();
  });

  it("of an unknown vendor has safe defaults and no figures", () => {
    const known = capabilitiesOf(parseModelRef("us.newvendor.thing-v1:0"));
    expect(known.family).toBe("unknown");
    expect(known.baseId).toBe("newvendor.thing-v1:0");
    expect(known.tools).toMatchObject({
      value: { supported: true, choice: ["auto"], strict: false },
      provenance: { from: "default" },
    });
    expect(known.contextWindow).toBeUndefined();
    expect(known.maxOutputTokens).toBeUndefined();
  });

  it.each(["acme.deep-reasoner", "acme-thinking-30b", "acme.swift-reasoning-v1:0"])("%s reasons, by its name", (id) => {
    const { family, reasoning } = capabilitiesOf(parseModelRef(id));
    expect(family).toBe("unknown");
    expect(reasoning.value.mode).toBe("always");
    expect(reasoning.provenance).toMatchObject({ from: "rule", rule: "a name with thinking or reasoner reasons" });
  });

  it.each(["acme.rethinking-1", "acme.swift"])("%s does not", (id) => {
    expect(capabilitiesOf(parseModelRef(id)).reasoning.value.mode).toBe("none");
  });

  it("behind an opaque ARN has safe defaults and no base id", () => {
    const known = capabilitiesOf(
      parseModelRef("arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/abc"),
    );
    expect(known.baseId).toBeUndefined();
    expect(known.family).toBe("unknown");
  });

  it("takes its window from a context suffix", () => {
    const known = capabilitiesOf(parseModelRef("amazon.nova-pro-v1:0:24k"));
    expect(known.contextWindow?.value).toBe(24_000);
    expect(known.maxOutputTokens?.value).toBe(10_000);
  });
});
