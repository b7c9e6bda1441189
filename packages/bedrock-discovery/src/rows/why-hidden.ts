import type { ListedModel } from "../lists/list-foundation-models.ts";
import type { DiscoverModelsOptions, HiddenReason } from "../types.ts";
import { baseOf, hasSuffix, type Listing } from "./listing.ts";

export interface Verdict {
  readonly reason: HiddenReason;
  readonly detail: string;
}

/** What a model may take instead of text. A word that nobody knows says nothing about text. */
const NOT_TEXT: ReadonlySet<string> = new Set(["SPEECH", "AUDIO", "IMAGE", "VIDEO"]);

type Include = DiscoverModelsOptions["include"];

/** Why no id of this model is offered, be it bare or through a profile. */
export function whyUnfit(listed: ListedModel, include: Include = []): Verdict | undefined {
  const outputs = (listed.outputModalities ?? []).map((word) => word.toUpperCase());
  const { status } = listed.modelLifecycle ?? {};
  if (status?.toUpperCase() !== "ACTIVE" && !include.includes("legacy")) {
    return {
      reason: "legacy",
      detail: `Its lifecycle status is ${status ?? "not given"}: Bedrock refuses it to accounts that have not used it lately.`,
    };
  }
  if (outputs.includes("EMBEDDING") && !outputs.includes("TEXT")) {
    if (include.includes("embeddings")) return undefined;
    return { reason: "embeddings", detail: "It makes vectors, not text: use it with an embedder." };
  }
  if (!outputs.includes("TEXT")) {
    const what = outputs.join(", ").toLowerCase() || "nothing that the list names";
    return { reason: "no text output", detail: `It makes ${what}.` };
  }
  const inputs = (listed.inputModalities ?? []).map((word) => word.toUpperCase());
  if (!inputs.includes("TEXT") && inputs.some((word) => NOT_TEXT.has(word))) {
    return { reason: "no text input", detail: `It takes ${inputs.join(", ").toLowerCase()} only.` };
  }
  if (listed.responseStreamingSupported !== true && !include.includes("no streaming")) {
    return { reason: "no streaming", detail: "It answers in one piece only." };
  }
  return undefined;
}

/** Why the bare id is not offered, although the model itself could be. */
export function whyNotBare(listed: ListedModel, listing: Listing): Verdict | undefined {
  const types: readonly string[] = listed.inferenceTypesSupported ?? [];
  if (types.includes("ON_DEMAND")) return undefined;
  const profiles = listing.profilesOf(baseOf(listed.modelId));
  if (profiles.length > 0) {
    return {
      reason: "profile only",
      detail: `The bare id is refused on demand: use ${profiles.join(", ")} instead.`,
    };
  }
  if (types.includes("INFERENCE_PROFILE")) {
    const where = listing.profiles ? `none is listed in ${listing.region}` : "they could not be listed";
    return {
      reason: "profile only",
      detail: `The bare id is refused on demand: it needs an inference profile, and ${where}.`,
    };
  }
  if (types.includes("PROVISIONED")) {
    return {
      reason: "provisioned only",
      detail: "It needs provisioned throughput: use the ARN of the provisioned model.",
    };
  }
  return { reason: "not invocable", detail: `The service names no way to invoke it in ${listing.region}.` };
}

/** Whether an id is merely another id, with a context length, of a model that is listed without. */
export function aliasOf(listed: ListedModel, listing: Listing): Verdict | undefined {
  if (!hasSuffix(listed.modelId)) return undefined;
  const plain = listing.modelOf(baseOf(listed.modelId));
  if (!plain || hasSuffix(plain.modelId)) return undefined;
  return { reason: "alias", detail: `It is ${plain.modelId} with a context length in its id.` };
}
