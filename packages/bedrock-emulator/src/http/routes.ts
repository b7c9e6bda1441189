/** Which surface of the service a path belongs to: it decides how callers are refused. */
export type Surface = "control" | "runtime" | "mantle";

export interface Route {
  readonly surface: Surface;
  /** As the API names it. */
  readonly operation: string;
  /** Decoded path parameters. */
  readonly parameters: readonly string[];
}

const table: readonly (readonly [string, RegExp, Surface, string])[] = [
  ["GET", /^\/foundation-models$/, "control", "ListFoundationModels"],
  ["GET", /^\/inference-profiles$/, "control", "ListInferenceProfiles"],
  ["GET", /^\/inference-profiles\/(.+)$/, "control", "GetInferenceProfile"],
  ["GET", /^\/foundation-model-availability\/(.+)$/, "control", "GetFoundationModelAvailability"],
  ["POST", /^\/model\/(.+)\/converse$/, "runtime", "Converse"],
  ["POST", /^\/model\/(.+)\/converse-stream$/, "runtime", "ConverseStream"],
  ["POST", /^\/model\/(.+)\/invoke$/, "runtime", "InvokeModel"],
  ["POST", /^\/model\/(.+)\/count-tokens$/, "runtime", "CountTokens"],
  ["POST", /^\/guardrail\/(.+)\/version\/([^/]+)\/apply$/, "runtime", "ApplyGuardrail"],
  ["GET", /^(?:\/openai)?\/v1\/models$/, "mantle", "ListModels"],
  ["POST", /^(\/openai)?\/v1\/chat\/completions$/, "mantle", "ChatCompletions"],
];

/** The route of a request; `undefined` when the service has none. */
export function routeOf(method: string, rawPath: string): Route | undefined {
  for (const [verb, pattern, surface, operation] of table) {
    const match = verb === method ? pattern.exec(rawPath) : null;
    if (match) return { surface, operation, parameters: match.slice(1).map((part) => decode(part ?? "")) };
  }
  return undefined;
}

/** The surface that a path without a route belongs to. */
export function surfaceOf(rawPath: string): Surface {
  return /^\/(openai\/|anthropic\/)?v1\//.test(rawPath) ? "mantle" : "runtime";
}

export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
