import type { AwsSession } from "@clawrock/aws-auth";
import type { MantleRoute } from "@clawrock/model-capabilities";
import { type MantleModel, mantleModel } from "./model.ts";

/** `mantle`: `bedrock-mantle.<region>.api.aws`. `runtime`: `bedrock-runtime.<region>.amazonaws.com`. */
export type MantleEndpoint = "mantle" | "runtime";

export type MantleApi = "chat" | "responses" | "messages";

/** Where a model answers. */
export interface ModelRoute {
  /** Base URL of the API, with the route's path and without a trailing slash. */
  readonly baseUrl: string;
  readonly path: "/v1" | "/openai/v1" | "/anthropic/v1";
  /** The APIs the model answers on this route. */
  readonly apis: readonly MantleApi[];
  /** True where nothing is known about the model and `/v1` with chat completions was taken. */
  readonly assumed: boolean;
}

const DEFAULT_ROUTE: MantleRoute = { path: "/v1", apis: ["chat"] };

/**
 * The route of a model. Mantle has three path families and the right one depends on the model; bedrock-runtime has one
 * for the OpenAI APIs (`/openai/v1`) and one for Anthropic's.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-responses-api.html
 */
export function routeOf(aws: AwsSession, endpoint: MantleEndpoint, model: string | MantleModel): ModelRoute {
  const known = mantleModel(model).capabilities.mantle;
  const { path, apis } = known?.value ?? DEFAULT_ROUTE;
  const assumed = known === undefined || known.provenance.from === "default";
  if (endpoint === "mantle") return { baseUrl: aws.endpoint("bedrock-mantle") + path, path, apis, assumed };
  const runtimePath = path === "/anthropic/v1" ? path : "/openai/v1";
  return { baseUrl: aws.endpoint("bedrock-runtime") + runtimePath, path: runtimePath, apis, assumed };
}
