import { describe, expect, it } from "vitest";
import { capabilitiesOf, parseModelRef } from "../src/index.ts";

describe("embedding families", () => {
  it.each([
    ["amazon.titan-embed-text-v1", "titan-text-v1", [1536], 8192, 1],
    ["amazon.titan-embed-g1-text-02", "titan-text-v1", [1536], 8192, 1],
    ["amazon.titan-embed-text-v2:0", "titan-text-v2", [1024, 512, 256], 8192, 1],
    ["amazon.titan-embed-image-v1", "titan-image", [1024, 384, 256], 256, 1],
    ["amazon.nova-2-multimodal-embeddings-v1:0", "nova-2-multimodal", [1024, 256, 384, 3072], 8192, 1],
    ["cohere.embed-english-v3", "cohere-v3", [1024], 512, 96],
    ["cohere.embed-multilingual-v3", "cohere-v3", [1024], 512, 96],
    ["us.cohere.embed-v4:0", "cohere-v4", [1536, 1024, 512, 256, 768, 384], 128_000, 96],
    ["us.twelvelabs.marengo-embed-2-7-v1:0", "marengo-2", [1024], 77, 1],
    ["twelvelabs.marengo-embed-3-0-v1:0", "marengo-3", [512], 500, 1],
  ])("%s is asked as %s", (id, request, dimensions, maxInputTokens, maxBatch) => {
    const { embedding, output, tools } = capabilitiesOf(parseModelRef(id));
    expect(embedding?.value).toEqual({ request, dimensions, maxInputTokens, maxBatch });
    expect(output.value).toEqual(["embedding"]);
    expect(tools.value.supported).toBe(false);
  });

  it("are the only models with embedding limits", () => {
    expect(capabilitiesOf(parseModelRef("amazon.nova-lite-v1:0")).embedding).toBeUndefined();
  });
});
