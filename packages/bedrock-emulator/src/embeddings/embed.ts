import type { Call } from "../call.ts";
import { jsonObjectBody } from "../http/received.ts";
import { sendJson } from "../http/respond.ts";
import type { JsonObject } from "../json.ts";
import type { EmbeddingFamily } from "../models/table.ts";
import { embedCohere } from "./cohere.ts";
import { embedMarengo3, embedMarengo27 } from "./marengo.ts";
import { embedNova } from "./nova.ts";
import { embedTitan } from "./titan.ts";
import { embedTitanImage } from "./titan-image.ts";

export interface EmbeddingAnswer {
  readonly body: object;
  /** Tokens that the call is billed for. */
  readonly tokens: number;
}

const families: Readonly<Record<EmbeddingFamily, (body: JsonObject) => EmbeddingAnswer>> = {
  "titan-v1": (body) => embedTitan(body, 1),
  "titan-v2": (body) => embedTitan(body, 2),
  "cohere-v3": (body) => embedCohere(body, 3),
  "cohere-v4": (body) => embedCohere(body, 4),
  "nova-2": embedNova,
  "titan-image": embedTitanImage,
  "marengo-2.7": embedMarengo27,
  "marengo-3": embedMarengo3,
};

/** InvokeModel of the embedding models. */
export function invokeEmbedding(call: Call, family: EmbeddingFamily): void {
  const began = performance.now();
  const answer = families[family](jsonObjectBody(call.received));
  sendJson(call.reply, 200, answer.body, {
    "x-amzn-bedrock-input-token-count": String(answer.tokens),
    "x-amzn-bedrock-invocation-latency": String(Math.round(performance.now() - began)),
  });
}
