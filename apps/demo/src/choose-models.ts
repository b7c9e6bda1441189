import type { DiscoveredModel } from "@clawrock/bedrock-discovery";
import { BedrockError } from "@clawrock/conversation";

/** The models the tour talks to, chosen by what they can do and what they cost. */
export interface Cast {
  readonly chat: DiscoveredModel;
  readonly tools: DiscoveredModel;
  readonly thinking: DiscoveredModel;
}

/** The cheapest model for each part. Thinking wants one that shows its thoughts and can be told how hard to think. */
export function chooseModels(models: readonly DiscoveredModel[]): Cast {
  const byPrice = models
    .filter(({ capabilities }) => capabilities.price)
    .sort((a, b) => outputPrice(a) - outputPrice(b));
  const cheapest = (part: string, fits: (model: DiscoveredModel) => boolean): DiscoveredModel => {
    const found = byPrice.find(fits) ?? models.find(fits);
    if (found) return found;
    const fix = "Use a region that offers more models, or ask for access to one in the Bedrock console";
    throw new BedrockError({
      kind: "model-not-found",
      problem: `None of the ${models.length} models can play the part "${part}"`,
      fix,
    });
  };
  return {
    chat: cheapest("chat", ({ capabilities }) => capabilities.reasoning.value.mode === "none"),
    tools: cheapest("tools", ({ capabilities: { tools } }) => tools.value.supported && tools.value.streaming),
    thinking: cheapest(
      "thinking",
      ({ capabilities: { reasoning } }) => reasoning.value.signed && reasoning.value.request !== undefined,
    ),
  };
}

function outputPrice({ capabilities }: DiscoveredModel): number {
  return capabilities.price?.value.output ?? Number.POSITIVE_INFINITY;
}
