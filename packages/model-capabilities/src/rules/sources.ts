import type { RuleSource } from "./traits.ts";

/** Pages of the Amazon Bedrock user guide. */
export function userGuide(page: string): string {
  return `https://docs.aws.amazon.com/bedrock/latest/userguide/${page}.html`;
}

/** A thread in which somebody reports what the service answered. */
export function reported(repository: string, thread: number): RuleSource {
  return { url: `https://github.com/${repository}/issues/${thread}`, basis: "reported" };
}

/** No page, no recording, no report: what the newest siblings suggest. */
export const ASSUMED: RuleSource = { assumed: true };

/** Which features Converse has for which model. */
export const FEATURES: RuleSource = { url: userGuide("conversation-inference-supported-models-features") };

/** AWS's own lists of all regions, collected: modalities, inference types, profiles. */
export const LISTED: RuleSource = { url: "https://github.com/mirai73/bedrock-models", basis: "recorded" };

/** Tables of limits that clients carry. */
export const TABLES: RuleSource = { url: "https://github.com/earendil-works/pi", basis: "code" };

/** Traffic recorded with real models. */
export const PYDANTIC_RECORDED: RuleSource = { url: "https://github.com/pydantic/pydantic-ai", basis: "recorded" };

/** What clients that work with a model send it. */
export const PYDANTIC: RuleSource = { url: "https://github.com/pydantic/pydantic-ai", basis: "code" };
export const STDAPI: RuleSource = { url: "https://github.com/stdapi-ai/stdapi.ai", basis: "code" };
export const LANGCHAIN: RuleSource = { url: "https://github.com/langchain-ai/langchain-aws", basis: "code" };
export const BIFROST: RuleSource = { url: "https://github.com/maximhq/bifrost", basis: "code" };

/** A connector whose authors tried each field on each model. */
export const CONNECTOR: RuleSource = {
  url: "https://github.com/aws-samples/sample-connector-for-bedrock",
  basis: "recorded",
};
