import type { Address, OpenAiEndpoint } from "./address.ts";

/** Which surface of the service a path belongs to: it decides how callers are refused. */
export type Surface = "control" | "runtime" | "mantle" | "messages" | "identity";

export interface Route {
  readonly surface: Surface;
  /** As the API names it. */
  readonly operation: string;
  /** Decoded path parameters. */
  readonly parameters: readonly string[];
}

const table: readonly (readonly [string, RegExp, Surface, string])[] = [
  ["GET", /^\/foundation-models$/, "control", "ListFoundationModels"],
  ["GET", /^\/foundation-models\/(.+)$/, "control", "GetFoundationModel"],
  ["GET", /^\/inference-profiles$/, "control", "ListInferenceProfiles"],
  ["GET", /^\/inference-profiles\/(.+)$/, "control", "GetInferenceProfile"],
  ["GET", /^\/foundation-model-availability\/(.+)$/, "control", "GetFoundationModelAvailability"],
  ["GET", /^\/guardrails\/(.+)$/, "control", "GetGuardrail"],
  ["GET", /^\/imported-models$/, "control", "ListImportedModels"],
  ["GET", /^\/custom-models$/, "control", "ListCustomModels"],
  ["GET", /^\/model-customization\/custom-model-deployments$/, "control", "ListCustomModelDeployments"],
  ["GET", /^\/provisioned-model-throughputs$/, "control", "ListProvisionedModelThroughputs"],
  ["GET", /^\/prompt-routers$/, "control", "ListPromptRouters"],
  ["POST", /^\/model\/(.+)\/converse$/, "runtime", "Converse"],
  ["POST", /^\/model\/(.+)\/converse-stream$/, "runtime", "ConverseStream"],
  ["POST", /^\/model\/(.+)\/invoke$/, "runtime", "InvokeModel"],
  ["POST", /^\/model\/(.+)\/invoke-with-response-stream$/, "runtime", "InvokeModelWithResponseStream"],
  ["POST", /^\/model\/(.+)\/count-tokens$/, "runtime", "CountTokens"],
  ["POST", /^\/guardrail\/(.+)\/version\/([^/]+)\/apply$/, "runtime", "ApplyGuardrail"],
  ["GET", /^(?:\/openai)?\/v1\/models$/, "mantle", "ListModels"],
  ["POST", /^(\/openai)?\/v1\/chat\/completions$/, "mantle", "ChatCompletions"],
  ["POST", /^(\/openai)?\/v1\/responses$/, "mantle", "Responses"],
  ["PUT", /^\/latest\/api\/token$/, "identity", "MetadataToken"],
  ["GET", /^\/latest\/meta-data\/placement\/region$/, "identity", "MetadataRegion"],
  ["GET", /^\/latest\/meta-data\/iam\/security-credentials\/?$/, "identity", "MetadataRoles"],
  ["GET", /^\/latest\/meta-data\/iam\/security-credentials\/(.+)$/, "identity", "MetadataCredentials"],
  ["GET", /^\/v1\/credentials$/, "identity", "ContainerCredentials"],
  ["GET", /^\/v2\/credentials\/([^/]+)$/, "identity", "ContainerCredentials"],
  ["GET", /^\/federation\/credentials$/, "identity", "GetRoleCredentials"],
  ["POST", /^\/token$/, "identity", "CreateToken"],
  ["POST", /^\/$/, "identity", "STS"],
  ["POST", /^\/anthropic\/v1\/messages$/, "messages", "Messages"],
  ["POST", /^\/anthropic\/v1\/messages\/count_tokens$/, "messages", "CountMessageTokens"],
];

/** The operations of all surfaces; STS names its own in the body. */
export const operationNames: readonly string[] = [
  ...new Set(table.map(([, , , operation]) => operation).filter((operation) => operation !== "STS")),
  "AssumeRole",
  "AssumeRoleWithWebIdentity",
  "GetCallerIdentity",
];

/** The route of a request; `undefined` when the endpoint has none. */
export function routeOf(method: string, { path, endpoint }: Address): Route | undefined {
  for (const [verb, pattern, surface, operation] of table) {
    const match = verb === method && serves(endpoint, surface, path) ? pattern.exec(path) : null;
    if (match) return { surface, operation, parameters: match.slice(1).map((part) => decode(part ?? "")) };
  }
  return undefined;
}

/** Mantle has none of the AWS operations; the runtime has neither `/v1` nor a list of models. */
function serves(endpoint: OpenAiEndpoint, surface: Surface, path: string): boolean {
  if (endpoint === "mantle") return surface === "mantle" || surface === "messages";
  if (endpoint === "runtime" && surface === "mantle")
    return path.startsWith("/openai/v1/") && !path.endsWith("/models");
  return true;
}

/** The surface that a path without a route belongs to. */
export function surfaceOf(rawPath: string): Surface {
  if (rawPath.startsWith("/anthropic/v1/")) return "messages";
  return /^\/(openai\/)?v1\//.test(rawPath) ? "mantle" : "runtime";
}

export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
