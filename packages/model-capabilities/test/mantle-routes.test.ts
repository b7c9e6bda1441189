import { describe, expect, it } from "vitest";
import { capabilitiesOf, parseModelRef } from "../src/index.ts";
import { availability, HAS_SHARED_DATA } from "./shared-data.ts";

const MANTLE = HAS_SHARED_DATA ? Object.entries(availability()).filter(([, { mantle_apis: apis }]) => apis) : [];
const NAMES: Readonly<Record<string, string>> = { completions: "chat", responses: "responses", messages: "messages" };

describe.skipIf(!HAS_SHARED_DATA)("a model that Mantle serves", () => {
  it("is there", () => {
    expect(MANTLE.length).toBeGreaterThanOrEqual(50);
  });

  it.each(MANTLE)(
    "%s has a route whose APIs the availability table says it has",
    (id, { mantle_apis: listed = [] }) => {
      const { mantle } = capabilitiesOf(parseModelRef(id));
      const said = listed.map((name) => NAMES[name]);
      expect(mantle?.value.apis.length).toBeGreaterThan(0);
      for (const api of mantle?.value.apis ?? []) expect(said).toContain(api);
      expect(mantle?.value.path === "/anthropic/v1").toBe(said.includes("messages"));
      expect(mantle?.provenance).toMatchObject({ from: "rule", url: expect.stringContaining("https://") });
    },
  );

  it("answers the same by profile, prefix and without vendor", () => {
    for (const [id] of MANTLE) {
      const { mantle } = capabilitiesOf(parseModelRef(id));
      expect(capabilitiesOf(parseModelRef(`amazon-bedrock-mantle/${id}`)).mantle).toEqual(mantle);
      expect(capabilitiesOf(parseModelRef(`global.${id}`)).mantle).toEqual(mantle);
    }
  });

  it("is said to have more APIs by the table than by any client that was seen to use them, for these", () => {
    const more = MANTLE.flatMap(([id, { mantle_apis: listed = [] }]) => {
      const apis: readonly string[] = capabilitiesOf(parseModelRef(id)).mantle?.value.apis ?? [];
      return listed
        .map((name) => NAMES[name] ?? name)
        .filter((api) => !apis.includes(api))
        .map((api) => `${api} ${id}`);
    });
    expect(more.filter((one) => one.startsWith("chat "))).toEqual(CHAT_NOT_BELIEVED);
    const families = new Set(
      more
        .filter((one) => one.startsWith("responses "))
        .map((one) => capabilitiesOf(parseModelRef(one.slice("responses ".length))).family),
    );
    expect([...families].sort()).toEqual(RESPONSES_NOT_BELIEVED);
    expect(more.filter((one) => one.startsWith("messages "))).toEqual([]);
  });
});

/** The table gives all OpenAI-like models both APIs; GPT before 6 was seen to answer Responses only. */
const CHAT_NOT_BELIEVED: readonly string[] = [
  "chat openai.gpt-5.4",
  "chat openai.gpt-5.4-2026-03-05",
  "chat openai.gpt-5.5",
  "chat openai.gpt-5.5-2026-04-23",
  "chat openai.gpt-5.6-luna",
  "chat openai.gpt-5.6-sol",
  "chat openai.gpt-5.6-terra",
];

/** Open-weight families of which no client was seen to ask Responses; gpt-oss: the safeguards. */
const RESPONSES_NOT_BELIEVED: readonly string[] = [
  "deepseek",
  "gemma",
  "glm",
  "gpt-oss",
  "kimi",
  "minimax",
  "mistral",
  "nemotron",
  "palmyra",
  "qwen",
];
