import type { AwsSession } from "@clawrock/aws-auth";
import type { MantleRoute } from "@clawrock/model-capabilities";
import type { MantleModel } from "../model.ts";

/** `mantle`: `bedrock-mantle.<region>.api.aws`. `runtime`: `bedrock-runtime.<region>.amazonaws.com`. */
export type MantleEndpoint = "mantle" | "runtime";

export type MantleApi = "chat" | "responses" | "messages";
export type RoutePath = MantleRoute["path"];

/** Where a model answers, and how. */
export interface ModelRoute {
  /** Base URL of the API, with the route's path and without a trailing slash. */
  readonly baseUrl: string;
  readonly path: RoutePath;
  /** The API that `stream` goes through. */
  readonly api: MantleApi;
  /** The APIs the model answers on this route, the best first. */
  readonly apis: readonly MantleApi[];
  /**
   * `record`: the model's capability record. `assumed`: nothing is known, `/v1` with chat completions was taken. `override`: given
   * by the caller. `learned`: the endpoint refused another one.
   */
  readonly from: "record" | "assumed" | "override" | "learned";
}

/** What a caller knows better. */
export interface RouteOverride {
  readonly api?: MantleApi | undefined;
  readonly path?: RoutePath | undefined;
}

/** A path and an API, as they were tried. */
export interface Way {
  readonly path: RoutePath;
  readonly api: MantleApi;
}

const DEFAULT_ROUTE: MantleRoute = { path: "/v1", apis: ["chat"] };

export interface RouteInit {
  readonly aws: AwsSession;
  readonly endpoint: MantleEndpoint;
  readonly model: MantleModel;
  readonly override?: RouteOverride | undefined;
  readonly learned?: Way | undefined;
}

/**
 * The route of a model. Mantle has three path families and the right one depends on the model; bedrock-runtime has one
 * for the OpenAI APIs (`/openai/v1`) and one for Anthropic's.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-responses-api.html
 */
export function routeOf({ aws, endpoint, model, override, learned }: RouteInit): ModelRoute {
  const known = model.capabilities.mantle;
  const { path, apis } = known?.value ?? DEFAULT_ROUTE;
  const isAssumed = known === undefined || known.provenance.from === "default";
  const isOverridden = override?.api !== undefined || override?.path !== undefined;
  const way = isOverridden
    ? overridden({ path, api: apis[0] ?? "chat" }, override)
    : (learned ?? { path, api: apis[0] ?? "chat" });
  const there = endpoint === "runtime" ? { ...way, path: runtimePath(way) } : way;
  return {
    ...there,
    baseUrl: baseUrl(aws, endpoint, there.path),
    apis: apis.includes(way.api) ? apis : [way.api],
    from: isOverridden ? "override" : learned ? "learned" : isAssumed ? "assumed" : "record",
  };
}

/** The service behind an endpoint, as the session knows it. */
export function serviceOf(endpoint: MantleEndpoint): "bedrock-mantle" | "bedrock-runtime" {
  return endpoint === "mantle" ? "bedrock-mantle" : "bedrock-runtime";
}

/** Base URL of a path family. */
export function baseUrl(aws: AwsSession, endpoint: MantleEndpoint, path: RoutePath): string {
  return aws.endpoint(serviceOf(endpoint)) + path;
}

/** An API implies its path family, and the other way round. */
function overridden(record: Way, { api, path }: RouteOverride): Way {
  const chosen = api ?? (path === "/anthropic/v1" ? "messages" : record.api === "messages" ? "chat" : record.api);
  if (chosen === "messages") return { api: chosen, path: path ?? "/anthropic/v1" };
  return { api: chosen, path: path ?? (record.path === "/anthropic/v1" ? "/v1" : record.path) };
}

function runtimePath({ api }: Way): RoutePath {
  return api === "messages" ? "/anthropic/v1" : "/openai/v1";
}
