import type { Call } from "../call.ts";
import { jsonObjectBody } from "../http/received.ts";
import { sendJson } from "../http/respond.ts";
import { invalid } from "../http/service-error.ts";
import type { JsonObject } from "../json.ts";
import type { EmbeddingFamily } from "../models/table.ts";
import { embedCohere } from "./cohere.ts";
import { embedNova } from "./nova.ts";
import { embedTitan } from "./titan.ts";

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
};

/** `POST /model/{modelId}/invoke` of the embedding models. */
export function invokeEmbedding(call: Call, modelId: string): void {
  const began = performance.now();
  const model = call.state.catalog.address(modelId, call.region);
  if (!model.embedding) {
    throw invalid(
      `The emulator answers InvokeModel for embedding models only: call ${model.modelId} by Converse or ConverseStream.`,
    );
  }
  const answer = families[model.embedding](jsonObjectBody(call.received));
  sendJson(call.reply, 200, answer.body, {
    "x-amzn-bedrock-input-token-count": String(answer.tokens),
    "x-amzn-bedrock-invocation-latency": String(Math.round(performance.now() - began)),
  });
}
