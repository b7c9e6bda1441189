import { describe, expect, it } from "vitest";
import { emulated } from "./emulated.ts";
import { registered } from "./registered.ts";

describe("the embedding provider", () => {
  const world = emulated();
  const { embeddings, logged } = registered();

  it("embeds queries and documents so that what belongs together is near", async () => {
    const { provider } = await embeddings.create({ config: {}, model: "" });
    expect(provider).toMatchObject({ id: "bedrock", model: "amazon.titan-embed-text-v2:0", dimensions: 1024 });
    const query = await provider.embed("water the tomatoes", { inputType: "query" });
    const [near, far] = await provider.embedBatch(["Tomatoes need water.", { text: "Winter tyres for the car." }]);
    const likeness = (other: number[] = []): number =>
      query.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
    expect(query).toHaveLength(1024);
    expect(likeness(near)).toBeGreaterThan(likeness(far) + 0.1);
    expect(world.requests.map(({ modelId }) => modelId)).toEqual(
      Array.from({ length: 3 }, () => "amazon.titan-embed-text-v2:0"),
    );
  });

  it("has one identity for every spelling of a model, another for other sizes", () => {
    const of = (model: string, dimensions?: number): unknown =>
      embeddings.resolveIndexIdentity({ config: {}, model, ...(dimensions && { dimensions }) });
    expect(of("amazon-bedrock/amazon.titan-embed-text-v2:0")).toEqual(of("amazon.titan-embed-text-v2:0"));
    expect(of("")).toEqual(of("amazon.titan-embed-text-v2:0"));
    expect(of("amazon.titan-embed-text-v2:0", 1024)).toEqual(of(""));
    expect(of("amazon.titan-embed-text-v2:0", 256)).not.toEqual(of(""));
    expect(of("cohere.embed-english-v3")).not.toEqual(of(""));
  });

  it("gives a blank passage zeros, so that one does not keep a memory from being indexed", async () => {
    const { provider } = await embeddings.create({ config: {}, model: "cohere.embed-english-v3" });
    const [blank, other] = await provider.embedBatch([" \n", "Tomatoes need water."], { inputType: "document" });
    expect(blank).toEqual(Array.from({ length: 1024 }, () => 0));
    expect(other?.some((value) => value !== 0)).toBe(true);
  });

  it("says once that a model does not read the end of long passages", async () => {
    const { provider } = await embeddings.create({ config: {}, model: "" });
    const long = "tomatoes need water ".repeat(3000);
    for (let time = 0; time < 2; time++) expect(await provider.embed(long)).toHaveLength(1024);
    expect(logged).toEqual([expect.stringMatching(/takes 8192 tokens a text.*without their end/u)]);
  });

  it("says in one line that a model does not embed", async () => {
    const failure = await embeddings.create({ config: {}, model: "amazon.nova-lite-v1:0" }).catch((error) => error);
    expect(embeddings.formatSetupError(failure)).toMatch(/amazon\.nova-lite-v1:0/u);
  });
});
