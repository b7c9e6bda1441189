/** A decision of ours against the table. `null` takes a figure back: it is not known. */
export interface FactOverride {
  readonly contextWindow?: number;
  readonly maxOutputTokens?: number;
  /** By geography, the empty one for the bare id; replaces the input and output rates, other buckets in proportion. */
  readonly price?: Readonly<Record<string, readonly [input: number, output: number]>> | null;
  readonly why: string;
  readonly url: string;
  readonly date: string;
}

const PRICING = "https://aws.amazon.com/bedrock/pricing/";

/** Hand-made decisions by fact key, each with its reason, page and day. They outrank the generated table. */
export const FACT_OVERRIDES: Readonly<Record<string, FactOverride>> = {
  "amazon.nova-2-lite": {
    price: { eu: [0.374, 3.157] },
    why: "LiteLLM lists the US rate; AWS charges 25 % over the global one in Europe",
    url: PRICING,
    date: "2026-11-20",
  },
  "amazon.nova-premier": {
    maxOutputTokens: 10_000,
    why: "the model card's 25K contradicts the Nova user guide",
    url: "https://docs.aws.amazon.com/nova/latest/userguide/what-is-nova.html",
    date: "2026-11-20",
  },
  "amazon.titan-embed-image": {
    contextWindow: 256,
    why: "LiteLLM says 128; the parameter page says 256",
    url: "https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-mm.html",
    date: "2026-11-20",
  },
  "amazon.titan-text-express": {
    contextWindow: 8000,
    price: { "": [0.2, 0.6] },
    why: "LiteLLM counts characters for tokens and has the rates of 2023",
    url: PRICING,
    date: "2026-11-20",
  },
  "amazon.titan-text-lite": {
    contextWindow: 4000,
    price: { "": [0.15, 0.2] },
    why: "LiteLLM counts characters for tokens and has the rates of 2023",
    url: PRICING,
    date: "2026-11-20",
  },
  "amazon.titan-text-premier": {
    contextWindow: 32_000,
    maxOutputTokens: 3072,
    why: "LiteLLM swaps context and output",
    url: "https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-text.html",
    date: "2026-11-20",
  },
  "anthropic.claude-3-5-sonnet@1": {
    contextWindow: 200_000,
    maxOutputTokens: 8192,
    why: "LiteLLM claims a window of 1M that the model never had",
    url: "https://docs.claude.com/en/docs/about-claude/models/overview",
    date: "2026-11-20",
  },
  "anthropic.claude-3-5-sonnet@2": {
    contextWindow: 200_000,
    why: "LiteLLM claims a window of 1M that the model never had",
    url: "https://docs.claude.com/en/docs/about-claude/models/overview",
    date: "2026-11-20",
  },
  "anthropic.claude-3-7-sonnet": {
    maxOutputTokens: 64_000,
    why: "LiteLLM has the limit of 3.5",
    url: "https://docs.claude.com/en/docs/about-claude/models/overview",
    date: "2026-11-20",
  },
  "anthropic.claude-opus-4-5": {
    price: { eu: [5.5, 27.5] },
    why: "LiteLLM lists the global rate for the EU profile; models.dev and pi-ai list the 10 % of regional profiles",
    url: PRICING,
    date: "2026-11-20",
  },
  "meta.llama3-1-70b": {
    price: { "": [0.72, 0.72], us: [0.72, 0.72] },
    why: "LiteLLM has the rates of 2024; three other tables agree on these",
    url: PRICING,
    date: "2026-11-20",
  },
  "meta.llama3-2-11b": {
    price: { "": [0.16, 0.16], us: [0.16, 0.16] },
    why: "LiteLLM has the rates of 2024",
    url: PRICING,
    date: "2026-11-20",
  },
  "meta.llama3-2-90b": {
    price: { "": [0.72, 0.72], us: [0.72, 0.72] },
    why: "LiteLLM has the rates of 2024",
    url: PRICING,
    date: "2026-11-20",
  },
  "openai.gpt-5-4": {
    contextWindow: 1_050_000,
    why: "the card of October raised 272K to this; pi-ai rounds it",
    url: "https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-openai-gpt-5-4.html",
    date: "2026-11-20",
  },
  "openai.gpt-5-5": {
    contextWindow: 1_050_000,
    why: "the card of October raised 272K to this; pi-ai rounds it",
    url: "https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-openai-gpt-5-5.html",
    date: "2026-11-20",
  },
  "openai.gpt-oss-120b": {
    maxOutputTokens: 16_384,
    why: "pi-ai gives the window; card and models.dev agree on 16K",
    url: "https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-openai-gpt-oss-120b.html",
    date: "2026-11-20",
  },
  "openai.gpt-oss-20b": {
    maxOutputTokens: 16_384,
    why: "pi-ai gives the window; card and models.dev agree on 16K",
    url: "https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-openai-gpt-oss-20b.html",
    date: "2026-11-20",
  },
  "twelvelabs.marengo-embed-2-7": {
    price: null,
    why: "LiteLLM's rate is per request, not per token",
    url: PRICING,
    date: "2026-11-20",
  },
};
