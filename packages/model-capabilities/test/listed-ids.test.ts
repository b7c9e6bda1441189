import { describe, expect, it } from "vitest";
import { capabilitiesOf, formatModelRef, parseModelRef } from "../src/index.ts";
import { availability, foundationModels, HAS_SHARED_DATA, inferenceProfiles, tableIds } from "./shared-data.ts";

describe.skipIf(!HAS_SHARED_DATA)("the lists of AWS", () => {
  it("come back from their parsed fields, every id and ARN", () => {
    const profiles = inferenceProfiles();
    const ids = [
      ...foundationModels().flatMap((model) => [model.modelId, model.modelArn]),
      ...profiles.flatMap((one) => [
        one.inferenceProfileId,
        one.inferenceProfileArn,
        ...one.models.map((model) => model.modelArn),
      ]),
      ...Object.keys(availability()),
      ...tableIds().filter((id) => !id.includes("@")),
    ];
    expect(ids.length).toBeGreaterThan(700);
    const changed = ids.filter(
      (id) => parseModelRef(id).kind === "unknown" || formatModelRef(parseModelRef(id)) !== id,
    );
    expect(changed).toEqual([]);
  });

  it("parse profiles as profiles of the models they route to", () => {
    for (const { inferenceProfileId, models } of inferenceProfiles()) {
      const ref = parseModelRef(inferenceProfileId);
      const target = parseModelRef(models[0]?.modelArn ?? "");
      expect(ref).toMatchObject({ kind: "inference-profile" });
      expect(target).toMatchObject({ kind: "foundation-model", model: "model" in ref ? ref.model : {} });
    }
  });

  it("hold no model of an unknown family", () => {
    const ids = [...foundationModels().map((model) => model.modelId), ...Object.keys(availability())];
    expect(ids.filter((id) => capabilitiesOf(parseModelRef(id)).family === "unknown")).toEqual([]);
  });

  it("see the images, videos and sounds that the rules see", () => {
    const wrong = foundationModels().flatMap(({ modelId, inputModalities }) => {
      const { input } = capabilitiesOf(parseModelRef(modelId));
      const listed = { image: ["IMAGE"], video: ["VIDEO"], audio: ["SPEECH", "AUDIO"] } as const;
      return (["image", "video", "audio"] as const)
        .filter((kind) => input.value.includes(kind) !== listed[kind].some((word) => inputModalities.includes(word)))
        .map((kind) => `${modelId}: ${kind}`);
    });
    expect(wrong.sort()).toEqual(LISTED_OTHERWISE);
  });

  it("hold known limits, price and reasoning for at least 95 % of the active text models", () => {
    const active = [...activeTextModels()].sort();
    const lacking = active.flatMap((id) => {
      const known = capabilitiesOf(parseModelRef(id));
      const missing = [
        ...(known.contextWindow === undefined ? ["context"] : []),
        ...(known.maxOutputTokens === undefined ? ["maxOutput"] : []),
        ...(known.price === undefined ? ["price"] : []),
        ...(known.reasoning.provenance.from === "default" ? ["reasoning"] : []),
      ];
      return missing.length === 0 ? [] : [`${id}: ${missing.join(", ")}`];
    });
    const share = 1 - lacking.length / active.length;
    expect(share, `${active.length} models, lacking: ${lacking.join("; ")}`).toBeGreaterThanOrEqual(0.95);
    expect(lacking).toEqual(NOT_KNOWN);
  });

  it("answer on Mantle at the route their vendor has there", () => {
    const wrong = Object.entries(availability()).flatMap(([id, { mantle_apis: apis }]) => {
      if (apis === undefined) return [];
      const { mantle } = capabilitiesOf(parseModelRef(id));
      const messages = apis.includes("messages");
      return mantle !== undefined && (mantle.value.path === "/anthropic/v1") === messages ? [] : [id];
    });
    expect(wrong).toEqual([]);
  });
});

/** Active models that write text; rerankers and speech models are listed with TEXT too, but write none of their own. */
function activeTextModels(): ReadonlySet<string> {
  const listed = foundationModels().map((model) => ({
    id: model.modelId,
    status: model.modelLifecycle.status,
    output: model.outputModalities,
  }));
  const available = Object.entries(availability()).map(([id, model]) => ({
    id,
    status: model.model_lifecycle_status,
    output: model.outputModalities,
  }));
  const writing = [...listed, ...available].filter(
    ({ id, status, output }) => status === "ACTIVE" && output.join() === "TEXT" && !id.includes(".rerank-"),
  );
  return new Set(writing.map((model) => model.id));
}

/** No table carries these; Pegasus is billed by the second. */
const NOT_KNOWN: readonly string[] = [
  "amazon.titan-tg1-large: price",
  "twelvelabs.pegasus-1-2-v1:0: context, maxOutput, price",
  "writer.palmyra-vision-7b: price",
  "zai.glm-4.6: price",
];

/** AWS lists speech for Voxtral, which Converse was not seen to take, and no images for Embed v3, whose page takes them. */
const LISTED_OTHERWISE: readonly string[] = [
  "cohere.embed-english-v3: image",
  "cohere.embed-english-v3:0:512: image",
  "cohere.embed-multilingual-v3: image",
  "cohere.embed-multilingual-v3:0:512: image",
  "mistral.voxtral-mini-3b-2507: audio",
  "mistral.voxtral-small-24b-2507: audio",
];
