import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capabilitiesOf, type Known, parseModelRef } from "../src/index.ts";
import { FAMILIES, familyOf } from "../src/rules/index.ts";
import { IDS } from "./all-ids.ts";

function fieldsOf(id: string): readonly (readonly [string, Known<unknown>])[] {
  const { baseId: _, family: __, ...fields } = capabilitiesOf(parseModelRef(id));
  return Object.entries(fields);
}

describe("a rule", () => {
  it("stands at a page, a recording, a report or in a client's code, or is marked as assumed", () => {
    const bare = IDS.flatMap((id) =>
      fieldsOf(id)
        .filter(([, { provenance }]) => provenance.from === "rule" && provenance.assumed !== true)
        .filter(([, { provenance }]) => provenance.from === "rule" && !provenance.url?.startsWith("https://"))
        .map(([field]) => `${id} ${field}`),
    );
    expect(bare).toEqual([]);
  });

  it("does not take a thread or a repository for documentation", () => {
    for (const id of IDS) {
      for (const [field, { provenance }] of fieldsOf(id)) {
        if (provenance.from !== "rule" || provenance.url === undefined) continue;
        const isCode = provenance.url.startsWith("https://github.com/");
        expect(provenance.basis !== undefined, `${id} ${field}: ${provenance.url}`).toBe(isCode);
      }
    }
  });

  it.each([
    "amazon.nova-9-lite-v1:0",
    "meta.llama9-1-8b-instruct-v1:0",
    "qwen.qwen9-coder-30b-a3b-instruct",
    "openai.gpt-9.6-luna",
    "anthropic.claude-opus-9-1",
    "cohere.embed-v9:0",
  ])("about %s, which nobody has seen, is an assumption", (id) => {
    for (const [field, { provenance }] of fieldsOf(id)) {
      if (provenance.from !== "rule" || ["mediaLimits", "structuredOutput"].includes(field)) continue;
      expect(provenance, field).toMatchObject({ assumed: true });
    }
  });
});

describe("the families", () => {
  it("are found by first letters as by asking all of them", () => {
    for (const id of IDS) {
      const ref = parseModelRef(id);
      if (!("model" in ref)) continue;
      const { name, vendor } = ref.model;
      expect(familyOf(ref.model), id).toBe(FAMILIES.find((family) => family.holds(name, vendor)));
    }
  });

  it("hold no resource id, whatever word it begins with", () => {
    const words =
      "claude nova titan llama mistral mixtral deepseek qwen kimi glm gpt grok gemma minimax nemotron command";
    const more = "rerank embed jamba j2 palmyra marengo pegasus sd3 ray r1 v3 devstral voxtral pixtral";
    const resourceId = fc
      .tuple(fc.constantFrom(...words.split(" "), ...more.split(" "), ""), fc.stringMatching(/^[a-z0-9]{12}$/))
      .map(([word, rest]) => (word + rest).slice(0, 12));
    fc.assert(
      fc.property(resourceId, (id) => {
        const known = capabilitiesOf(parseModelRef(id));
        // `qwen30123456` and `llama4012345` are digits to the end, as versions are.
        fc.pre(!/^(qwen|llama)[0-9]+$/.test(id));
        expect(known.family).toBe("unknown");
        expect(known.contextWindow).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });
});
