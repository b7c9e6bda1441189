import { describe, expect, it } from "vitest";
import { capabilitiesOf, parseModelRef } from "../src/index.ts";
import { availability, HAS_SHARED_DATA } from "./shared-data.ts";

const MODELS = HAS_SHARED_DATA ? Object.entries(availability()) : [];

/** Every way to invoke a model that the table states for any region, beside what the rules say. */
function ways(id: string, types: Readonly<Record<string, readonly string[]>> = {}): string {
  const listed = new Set(Object.values(types).flat());
  const profiled = [...listed].some((type) => !["ON_DEMAND", "PROVISIONED"].includes(type));
  const { invocation } = capabilitiesOf(parseModelRef(id));
  const said = (onDemand: boolean | undefined, byProfile: boolean | undefined): string =>
    [onDemand ? "on demand" : "", byProfile ? "by profile" : ""].filter((way) => way !== "").join(", ") || "neither";
  const [table, rules] = [
    said(listed.has("ON_DEMAND"), profiled),
    said(invocation?.value.onDemand, invocation?.value.byProfile),
  ];
  return table === rules ? "" : `${id}: table ${table}; rules ${rules}`;
}

describe.skipIf(!HAS_SHARED_DATA)("the ways to invoke a model", () => {
  it("are as AWS's lists of all regions have them, but for these", () => {
    const runtime = MODELS.filter(([, one]) => one.runtime_supported === true);
    expect(runtime.length).toBeGreaterThan(100);
    expect(runtime.map(([id, one]) => ways(id, one.inference_types)).filter((line) => line !== "")).toEqual(DIFFERENT);
  });

  it("are none on the runtime for what only Mantle serves, but for other spellings of what the runtime has", () => {
    const only = MODELS.filter(([, one]) => one.runtime_supported !== true).map(([id]) => id);
    expect(only.length).toBeGreaterThan(5);
    const invocable = only.filter((id) => {
      const { invocation } = capabilitiesOf(parseModelRef(id));
      return invocation?.value.onDemand === true || invocation?.value.byProfile === true;
    });
    expect(invocable).toEqual(MANTLE_SPELLINGS);
  });
});

/** The record is of the model, which the runtime has under a dated or an instruct id. */
const MANTLE_SPELLINGS: readonly string[] = [
  "anthropic.claude-haiku-4-5",
  "deepseek.v3.1",
  "moonshotai.kimi-k2-thinking",
  "openai.gpt-oss-120b",
  "openai.gpt-oss-20b",
  "qwen.qwen3-235b-a22b-2507",
  "qwen.qwen3-32b",
  "qwen.qwen3-coder-30b-a3b-instruct",
  "qwen.qwen3-coder-480b-a35b-instruct",
  "qwen.qwen3-next-80b-a3b-instruct",
  "qwen.qwen3-vl-235b-a22b-instruct",
];

/**
 * The table's "on demand" is Mantle's for what Mantle serves too; Claude 3.7 and 4.6 have it in one region each; 3.5 Sonnet
 * v2 had it and is left with a profile.
 */
const DIFFERENT: readonly string[] = [
  "anthropic.claude-3-5-sonnet-20241022-v2:0: table by profile; rules on demand, by profile",
  ...[
    "anthropic.claude-3-7-sonnet-20250219-v1:0",
    "anthropic.claude-fable-5",
    "anthropic.claude-opus-4-6-v1",
    "anthropic.claude-opus-4-7",
    "anthropic.claude-opus-4-8",
    "anthropic.claude-opus-5",
    "anthropic.claude-sonnet-4-6",
    "anthropic.claude-sonnet-5",
    "openai.gpt-5.6-luna",
    "openai.gpt-5.6-sol",
    "openai.gpt-5.6-terra",
    "xai.grok-4.6",
  ].map((id) => `${id}: table on demand, by profile; rules by profile`),
];
