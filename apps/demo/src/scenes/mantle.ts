import { BedrockError } from "@clawrock/conversation";
import { createMantle } from "@clawrock/mantle-openai";
import { figures } from "../format.ts";
import { play, wholeAnswer } from "../play.ts";
import type { Scene } from "./scene.ts";

const QUESTION = "In one sentence: what is a mountain?";

export const mantle: Scene = {
  name: "mantle",
  title: "Mantle, the OpenAI-compatible endpoint",
  async play({ stage, screen }) {
    const client = createMantle({ aws: stage.aws });
    const { models, unavailable } = await client.discoverModels();
    const chat = models.filter((model) => client.route(model).apis.includes("chat"));
    const model = chat.sort((a, b) => outputPrice(a) - outputPrice(b))[0];
    if (!model)
      throw new BedrockError({
        kind: "model-not-found",
        problem: unavailable ?? "Mantle lists no model for chat completions",
      });
    const { expiresAt } = await stage.aws.bearerToken();
    screen.say(
      `${models.length} models listed; bearer token ${expiresAt ? `valid until ${expiresAt.toISOString()}` : "without a known end"}`,
    );
    screen.say(`you → ${model.id}: ${QUESTION}`);
    const messages = [{ role: "user" as const, content: QUESTION, timestamp: Date.now() }];
    const played = wholeAnswer(await play(client.stream({ model, messages, maxTokens: 500 }), screen));
    screen.note(figures(played.figures));
    return { model: model.id, listed: models.length, content: played.message.content, ...played.figures };
  },
};

function outputPrice({ capabilities }: { capabilities: { price?: { value: { output: number } } } }): number {
  return capabilities.price?.value.output ?? Number.POSITIVE_INFINITY;
}
