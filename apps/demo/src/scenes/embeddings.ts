import { createEmbedder } from "@clawrock/bedrock-embeddings";
import { usd } from "../format.ts";
import type { Scene } from "./scene.ts";

const MODEL = "amazon.titan-embed-text-v2:0";
const QUERY = "How do I bake bread?";
const TEXTS = [
  "The train to Hamburg leaves at nine from platform four.",
  "Knead the dough, let it rise, then bake the bread until the crust is brown.",
  "Rotate the access keys of the account every ninety days.",
];

export const embeddings: Scene = {
  name: "embeddings",
  title: "Embeddings that rank texts for a query",
  async play({ stage, screen }) {
    const from = performance.now();
    const embedder = createEmbedder({ aws: stage.aws, model: MODEL, dimensions: 512 });
    const [query, documents] = await Promise.all([
      embedder.embedWithUsage([QUERY], { purpose: "query" }),
      embedder.embedWithUsage(TEXTS, { purpose: "document" }),
    ]);
    const tookMs = Math.round(performance.now() - from);
    const asked = query.vectors[0] ?? new Float32Array();
    const ranked = TEXTS.map((text, index) => ({ text, score: dot(asked, documents.vectors[index]) })).sort(
      (a, b) => b.score - a.score,
    );
    const input = (query.usage.inputTokens ?? 0) + (documents.usage.inputTokens ?? 0);
    const known = query.usage.cost && documents.usage.cost;
    const cost = known && query.usage.cost.total + documents.usage.cost.total;
    screen.say(`query for ${MODEL}: ${QUERY}`);
    screen.table(
      ["score", "text"],
      ranked.map(({ score, text }) => [score.toFixed(3), text]),
    );
    screen.note(
      `${input} tokens in · ${cost === undefined ? "price unknown" : usd(cost)} · ${tookMs} ms for ${TEXTS.length + 1} vectors of ${embedder.dimensions}`,
    );
    return { model: MODEL, query: QUERY, ranked, inputTokens: input, cost, tookMs };
  },
};

/** The cosine of two vectors of unit length. */
function dot(a: Float32Array, b: Float32Array = new Float32Array()): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
