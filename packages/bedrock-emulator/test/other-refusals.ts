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
  {
    area: "Callers",
    refuses: "Temporary credentials whose time is over.",
    provenance: reported("semantic-router#293"),
  },
  { area: "Callers", refuses: "An action that a policy denies (by fault).", provenance: reported("test-infra#5721") },
  {
    area: "Credentials",
    refuses: "Metadata without a token of version 2, or with one that is over.",
    provenance: documented("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html"),
  },
  {
    area: "Credentials",
    refuses: "A container's request without its authorization token.",
    provenance: documented("https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html"),
  },
  {
    area: "Credentials",
    refuses:
      "STS: a duration outside of 900 to 43200 seconds, a role of another account, a web identity that is not known or over.",
    provenance: documented("https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"),
  },
  {
    area: "Credentials",
    refuses: "SSO portal: a session that is over.",
    provenance: documented(
      "https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html",
    ),
  },
  {
    area: "InvokeModel",
    refuses:
      "A native body with unknown keys, missing keys, wrong types or values out of bounds (Titan, Llama, Mistral, Cohere, chat).",
    provenance: reported("aws-samples/amazon-bedrock-client-for-mac#114"),
  },
  {
    area: "InvokeModel",
    refuses: "Claude: missing and unknown fields, block types, tool pairs, in Anthropic's words.",
    provenance: assumed,
  },
  {
    area: "InvokeModel",
    refuses: "Claude: what the model's own rules of Converse refuse, without Converse's prefix.",
    provenance: reported("openclaw/openclaw#73663"),
  },
  {
    area: "Mantle",
    refuses: "Responses: a parameter that the API does not have.",
    provenance: reported("anomalyco/opencode#48195"),
  },
  { area: "Mantle", refuses: "Responses: a previous response (none is kept).", provenance: assumed },
  { area: "Mantle", refuses: "Messages: refusals in the shape of Anthropic's API.", provenance: assumed },
  {
    area: "Mantle",
    refuses: "The runtime's /openai/v1: Mantle's ids, the list of models, models without the API.",
    provenance: documented("https://docs.aws.amazon.com/bedrock/latest/userguide/inference-responses-api.html"),
  },
  { area: "Control plane", refuses: "A foundation model that is not there (GetFoundationModel).", provenance: assumed },
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
  {
    area: "Credentials",
    refuses: "SSO OIDC: a refresh token that is not known or was used, another grant, a missing parameter.",
    provenance: documented("https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html"),
  },
  {
    area: "Models",
    refuses:
      "A model that the account cannot use: access, form, marketplace, payment, end of life, idle legacy (by option).",
    provenance: documented("https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html"),
  },
  {
    area: "Models",
    refuses:
      "A caller that an identity policy or a service control policy denies a model, an account that is barred (by option).",
    provenance: reported("test-infra#5721"),
  },
];
