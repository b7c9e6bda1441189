import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import { describe, expect, it } from "vitest";
import { rowOf } from "./row.ts";

function row(id: string): unknown {
  const limits = { contextWindow: 32000, maxTokens: 4096 };
  return rowOf({ id, name: undefined, capabilities: capabilitiesOf(parseModelRef(id)), ...limits });
}

describe("rowOf", () => {
  it("has the price of a model whose price is known", () => {
    expect(row("us.anthropic.claude-haiku-4-5-20251001-v1:0")).toMatchObject({
      cost: { input: expect.any(Number), output: expect.any(Number), cacheRead: expect.any(Number) },
    });
  });

  it("has none, and not 0, where nobody knows it", () => {
    expect(row("somebody.quite-new-model-v9:0")).toEqual({
      ...{ id: "somebody.quite-new-model-v9:0", name: "somebody.quite-new-model-v9:0", reasoning: false },
      ...{ input: ["text"], contextWindow: 32000, maxTokens: 4096 },
    });
  });
});
