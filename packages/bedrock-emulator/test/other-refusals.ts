import { assumed, documented, type Provenance, recorded, reported } from "../src/validation/rule.ts";

/** Refusals that are not rules of a Converse request, for the fidelity page. */
export interface OtherRefusal {
  readonly area: string;
  readonly refuses: string;
  readonly provenance: Provenance;
}

const api = "https://docs.aws.amazon.com/bedrock/latest/APIReference";

export const otherRefusals: readonly OtherRefusal[] = [
  {
    area: "Callers",
    refuses: "An access key or session token that is not known.",
    provenance: reported("Arize-ai/openinference#2358"),
  },
  {
    area: "Callers",
    refuses: "A signature that does not hold, for the body or any signed header.",
    provenance: reported("BerriAI/litellm#14763"),
  },
  { area: "Callers", refuses: "A request that is more than five minutes old.", provenance: recorded },
  { area: "Callers", refuses: "A request that is more than five minutes early.", provenance: assumed },
  { area: "Callers", refuses: "A signature for another region.", provenance: assumed },
  { area: "Callers", refuses: "A request without credentials.", provenance: assumed },
  {
    area: "Callers",
    refuses: "An unknown or changed API key, or one minted for another region.",
    provenance: reported("open-science#53"),
  },
  { area: "Callers", refuses: "An expired API key.", provenance: assumed },
  {
    area: "Callers",
    refuses: "Mantle: a signature for another service.",
    provenance: reported("BerriAI/litellm#31476"),
  },
  {
    area: "Callers",
    refuses: "Mantle: an unknown bearer token.",
    provenance: reported("NousResearch/hermes-agent#87190"),
  },
  { area: "Models", refuses: "An id that is not known, or the profile of another geography.", provenance: recorded },
  {
    area: "Models",
    refuses: "The bare id of a model that is reached by a profile.",
    provenance: reported("anthropics/anthropic-sdk-python#894"),
  },
  { area: "Models", refuses: "An operation that the model does not have.", provenance: assumed },
  { area: "Models", refuses: "An inference profile that is not there (GetInferenceProfile).", provenance: assumed },
  {
    area: "Shapes",
    refuses: "Everything that breaks a constraint of the service model, all violations at once.",
    provenance: reported("BerriAI/litellm#24668"),
  },
  { area: "Shapes", refuses: "A member of another type (SerializationException).", provenance: assumed },
  { area: "Shapes", refuses: "A union with no member, or with several.", provenance: assumed },
  {
    area: "Control plane",
    refuses: "Filters and page sizes outside of their constraints.",
    provenance: documented(`${api}/API_ListInferenceProfiles.html`),
  },
  { area: "Control plane", refuses: "A page token that it did not give.", provenance: assumed },
  {
    area: "Guardrails",
    refuses: "An id, version or region without such a guardrail.",
    provenance: reported("strands-agents/harness-sdk#713"),
  },
  { area: "Guardrails", refuses: "An id that is none.", provenance: reported("openclaw/openclaw#58588") },
  {
    area: "Embeddings",
    refuses: "Titan: more than 8192 tokens.",
    provenance: reported("aws-samples/amazon-bedrock-workshop#136"),
  },
  {
    area: "Embeddings",
    refuses: "Cohere v3: a text of more than 2048 characters.",
    provenance: reported("ScrapeGraphAI/Scrapegraph-ai#400"),
  },
  { area: "Embeddings", refuses: "Unknown keys, missing keys and values outside of an enum.", provenance: assumed },
  { area: "Embeddings", refuses: "Cohere: more than 96 texts.", provenance: assumed },
  { area: "Token counting", refuses: "A profile or an ARN instead of a base id.", provenance: recorded },
  { area: "Token counting", refuses: "A tool of Anthropic's own servers.", provenance: recorded },
  { area: "Mantle", refuses: "A model that is not there (404).", provenance: assumed },
  { area: "Mantle", refuses: "A model of another route.", provenance: reported("NousResearch/hermes-agent#52316") },
  {
    area: "Mantle",
    refuses: "A model without Chat Completions.",
    provenance: reported("llm-gateway#2657"),
  },
];
