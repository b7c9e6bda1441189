import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { factRow, factRowKeys } from "../src/facts/rows.ts";
import type { FactRow } from "../src/facts/types.ts";
import { parseModelRef } from "../src/index.ts";
import { modelNameOf, withVendor } from "../src/parse/format-model-ref.ts";
import { familyOf } from "../src/rules/index.ts";
import { IDS } from "./all-ids.ts";
import { contradictions, type Statement, statedByRow } from "./contradictions.ts";
import { HAS_SHARED_DATA, SHARED_DATA } from "./shared-data.ts";

interface ModelsDevRow {
  readonly reasoning?: boolean;
  readonly modalities?: { readonly input: readonly string[] };
}

interface PiAiRow {
  readonly id: string;
  readonly reasoning: boolean;
  readonly input: readonly string[];
}

function snapshot<T>(name: string): T {
  return JSON.parse(readFileSync(`${SHARED_DATA}/model-facts/${name}`, "utf8"));
}

function modelsDev(): readonly Statement[] {
  const rows = snapshot<Record<string, ModelsDevRow>>("modelsdev-amazon-bedrock.resolved.2026-07-02.json");
  return Object.entries(rows).map(([id, { reasoning, modalities }]) => ({
    id,
    ...(reasoning === undefined ? {} : { reasons: reasoning }),
    takes:
      modalities === undefined
        ? {}
        : {
            image: modalities.input.includes("image"),
            video: modalities.input.includes("video"),
            audio: modalities.input.includes("audio"),
          },
  }));
}

/** pi-ai keeps account of text and images alone. */
function piAi(): readonly Statement[] {
  const apis = snapshot<Record<string, Record<string, PiAiRow>>>("pi-ai-1.5.2-amazon-bedrock.2026-11-10.json");
  return Object.values(apis)
    .flatMap((rows) => Object.values(rows))
    .map(({ id, reasoning, input }) => ({ id, reasons: reasoning, takes: { image: input.includes("image") } }));
}

/** Contradictions decided for the rules, by what the table states and the rules deny, with the reason. */
type Decisions = Readonly<Record<string, string>>;

const NO_CACHE_POINTS = "LiteLLM has rates for cached input; AWS's caching page lists no cache points for it";
const NO_PROFILE = "LiteLLM (DeepSeek) or pi-ai (gpt-oss) has rates of a profile that AWS's own lists do not have";

const DECIDED: Decisions = {
  "anthropic.claude-3-5-sonnet-v1:0 caches: table true, rules false": NO_CACHE_POINTS,
  "anthropic.claude-3-haiku caches: table true, rules false": NO_CACHE_POINTS,
  "anthropic.claude-3-opus caches: table true, rules false": NO_CACHE_POINTS,
  "anthropic.claude-3-sonnet caches: table true, rules false": NO_CACHE_POINTS,
  "deepseek.v3-2 byProfile: table true, rules false": NO_PROFILE,
  "openai.gpt-oss-120b byProfile: table true, rules false": NO_PROFILE,
  "openai.gpt-oss-20b byProfile: table true, rules false": NO_PROFILE,
};

const BLIND = "models.dev lists no images; AWS's list of modalities does";
const DEAF = "AWS lists speech; Converse was not seen to take it";
const SIBLING = "models.dev says no; gpt-oss, of which it is a tuning, was recorded reasoning";
const UNASKED = "the model may reason; no field that asks for it on Bedrock is known";

const DECIDED_OF_SNAPSHOTS: Decisions = {
  "google.gemma-4-26b-a4b reasons: table true, rules false": UNASKED,
  "google.gemma-4-31b reasons: table true, rules false": UNASKED,
  "google.gemma-4-e2b reasons: table true, rules false": UNASKED,
  "mistral.ministral-3-14b-instruct image: table false, rules true": BLIND,
  "mistral.ministral-3-8b-instruct image: table false, rules true": BLIND,
  "mistral.voxtral-mini-3b-2507 audio: table true, rules false": DEAF,
  "mistral.voxtral-small-24b-2507 audio: table true, rules false": DEAF,
  "openai.gpt-oss-safeguard-120b reasons: table false, rules true": SIBLING,
  "openai.gpt-oss-safeguard-20b reasons: table false, rules true": SIBLING,
  "qwen.qwen3-coder-next reasons: table true, rules false": UNASKED,
};

/** Both ways: a contradiction without a decision, and a decision that nothing contradicts any more. */
function expectDecided(found: readonly string[], decisions: Decisions): void {
  expect([...new Set(found)].sort()).toEqual(Object.keys(decisions).sort());
}

describe("what a row of the facts table states beside the limits", () => {
  const rows = factRowKeys().map((key) => statedByRow(key, factRow(key) ?? {}));

  it("is denied by no rule without a decision", () => {
    expect(rows.filter((row) => row.caches).length).toBeGreaterThan(20);
    expect(rows.filter((row) => row.byProfile).length).toBeGreaterThan(20);
    expectDecided(contradictions(rows), DECIDED);
  });

  it.each([
    [{ price: { "": [0, 1, 2, 0.1] } }, "amazon.nova-pro", undefined],
    [
      { price: { "": [0, 1, 2, 0.1] } },
      "anthropic.claude-3-haiku",
      "anthropic.claude-3-haiku caches: table true, rules false",
    ],
    [{ price: { "": [0, 1, 0] } }, "amazon.nova-pro", "amazon.nova-pro embeds: table true, rules false"],
    [{ price: { "": [0, 1, 2] } }, "cohere.embed-v4", "cohere.embed-v4 embeds: table false, rules true"],
    [{ maxOutput: [8192, 0] }, "cohere.embed-v4", "cohere.embed-v4 embeds: table false, rules true"],
    [{ price: { "us,eu": [0, 1, 2] } }, "zai.glm-4-7", "zai.glm-4-7 byProfile: table true, rules false"],
  ] satisfies readonly (readonly [FactRow, string, string | undefined])[])("is seen: %j of %s", (row, key, found) => {
    expect(contradictions([statedByRow(key, row)])).toEqual(found === undefined ? [] : [found]);
  });

  it("is all there is: of names, tiers and lifecycle no rule speaks, and of prices only what derives from a row", () => {
    const spoken = IDS.flatMap((id) => {
      const model = modelNameOf(parseModelRef(id));
      const named = model === undefined ? undefined : withVendor(model);
      return named === undefined ? [] : Object.keys(familyOf(named)?.traits(named) ?? {});
    });
    expect(spoken).toContain("contextWindow");
    for (const field of ["displayName", "serviceTiers", "lifecycle", "price"]) expect(spoken).not.toContain(field);
  });
});

describe.skipIf(!HAS_SHARED_DATA)("what the public tables state of reasoning and modalities", () => {
  it("is denied by no rule without a decision", () => {
    const stated = [...modelsDev(), ...piAi()];
    expect(stated.length).toBeGreaterThan(250);
    expectDecided(contradictions(stated), DECIDED_OF_SNAPSHOTS);
  });
});

describe("a planted statement", () => {
  it.each([
    [{ id: "us.anthropic.claude-opus-4-7", reasons: false }, "reasons: table false, rules true"],
    [{ id: "amazon.nova-micro-v1:0", reasons: true }, "reasons: table true, rules false"],
    [{ id: "amazon.nova-micro-v1:0", takes: { image: true } }, "image: table true, rules false"],
    [{ id: "amazon.nova-pro-v1:0", takes: { video: false } }, "video: table false, rules true"],
  ] satisfies readonly (readonly [Statement, string])[])("against a rule is seen: %j", (statement, found) => {
    expect(contradictions([statement])).toEqual([`${statement.id} ${found}`]);
  });
});
