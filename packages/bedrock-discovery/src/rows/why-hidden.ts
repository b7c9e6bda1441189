import type { ListedModel } from "../lists/list-foundation-models.ts";
import type { DiscoverModelsOptions, HiddenReason } from "../types.ts";
import type { Listing } from "./listing.ts";

export interface Verdict {
  readonly reason: HiddenReason;
  readonly detail: string;
}

/** What a model may take instead of text. A word that nobody knows says nothing about text. */
const NOT_TEXT: ReadonlySet<string> = new Set(["SPEECH", "AUDIO", "IMAGE", "VIDEO"]);
/** So many ids are named in one line. */
const NAMED = 5;

type Include = DiscoverModelsOptions["include"];

/** Why no id of this model is offered, be it bare or through a profile. */
export function whyUnfit(
  { status, endOfLife, input, output, streaming }: ListedModel,
  include: Include = [],
): Verdict | undefined {
  if (status !== "ACTIVE" && !include.includes("legacy")) {
    const end = endOfLife ? `, to be removed on ${endOfLife}` : "";
    const said = `Its lifecycle status is ${status ?? "not given"}${end}`;
    return { reason: "legacy", detail: `${said}: Bedrock refuses it to accounts that have not used it lately.` };
  }
  if (output.includes("EMBEDDING") && !output.includes("TEXT")) {
    if (include.includes("embeddings")) return undefined;
    return EMBEDDINGS;
  }
  if (!output.includes("TEXT")) {
    const what = output.join(", ").toLowerCase() || "nothing that the list names";
    return { reason: "no text output", detail: `It makes ${what}.` };
  }
  if (!input.includes("TEXT") && input.some((word) => NOT_TEXT.has(word))) {
    return { reason: "no text input", detail: `It takes ${input.join(", ").toLowerCase()} only.` };
  }
  if (!streaming && !include.includes("no streaming")) {
    return { reason: "no streaming", detail: "It answers in one piece only." };
  }
  return undefined;
}

/** For a profile whose model is not in the list of this region: what the rules of its family say. */
export function unfitByRule(output: readonly string[], include: Include = []): Verdict | undefined {
  if (output.includes("text")) return undefined;
  if (!output.includes("embedding")) return { reason: "no text output", detail: `It makes ${output.join(", ")}.` };
  return include.includes("embeddings") ? undefined : EMBEDDINGS;
}

/** Why the bare id is not offered, although the model itself could be. */
export function whyNotBare({ id, inferenceTypes }: ListedModel, listing: Listing): Verdict | undefined {
  if (inferenceTypes.includes("ON_DEMAND")) return undefined;
  const profiles = listing.profilesOf(listing.read(id).base);
  if (profiles.length > 0) {
    return { reason: "profile only", detail: `The bare id is refused on demand: use ${several(profiles)} instead.` };
  }
  if (inferenceTypes.includes("INFERENCE_PROFILE")) {
    const where = listing.profiles ? `none is listed in ${listing.region}` : "they could not be listed";
    return {
      reason: "profile only",
      detail: `The bare id is refused on demand: it needs an inference profile, and ${where}.`,
    };
  }
  if (inferenceTypes.includes("PROVISIONED")) {
    return {
      reason: "provisioned only",
      detail: "It needs provisioned throughput: use the ARN of the provisioned model.",
    };
  }
  return { reason: "not invocable", detail: `The service names no way to invoke it in ${listing.region}.` };
}

/** Whether an id is merely another id, with a context length, of a model that is listed without. */
export function aliasOf({ id }: ListedModel, { read, modelOf }: Listing): Verdict | undefined {
  const { suffixed, base } = read(id);
  if (!suffixed) return undefined;
  const plain = modelOf(base);
  if (!plain || read(plain.id).suffixed) return undefined;
  return { reason: "alias", detail: `It is ${plain.id} with a context length in its id.` };
}

/** A model that this region does not list itself, although its profiles lead to it. */
export function elsewhere(baseId: string, regions: readonly string[], { region, profilesOf }: Listing): Verdict {
  const there = regions.length > 0 && !regions.includes("*") ? ` but in ${several(regions)}` : "";
  return {
    reason: "other region",
    detail: `It is not in ${region}${there}: use ${several(profilesOf(baseId))} instead.`,
  };
}

const EMBEDDINGS: Verdict = { reason: "embeddings", detail: "It makes vectors, not text: use it with an embedder." };

function several(names: readonly string[]): string {
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
  return `${names.slice(0, NAMED).join(", ")}${more}`;
}
