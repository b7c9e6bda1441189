import type { AwsSession } from "@clawrock/aws-auth";
import type { AssistantMessageStream, Timeouts } from "@clawrock/conversation";
import type { DiscoveryCache } from "@clawrock/discovery-cache";
import type { OpenAI } from "openai";
import type { MantleAuth } from "./auth/openai-client.ts";
import type { MantleDiscovery, Unavailable } from "./discovery/types.ts";
import type { MantleModel } from "./model.ts";
import type { MantleApi, MantleEndpoint, ModelRoute, RouteOverride } from "./route/route.ts";
import type { MantleTurn } from "./turn/turn.ts";

export interface MantleOptions {
  readonly aws: AwsSession;
  /** Default `mantle`. `runtime` has guardrails and cross-region inference, but no model list. */
  readonly endpoint?: MantleEndpoint | undefined;
  /**
   * Default `bearer`: the session's token, given or minted, which needs the permission `bedrock-mantle:CallWithBearerToken`. `sigv4` signs
   * each request with the session's credentials instead.
   */
  readonly auth?: MantleAuth | undefined;
  /** Where a model answers, by its id as it is written in requests; beats what is known and what was learned. */
  readonly routes?: Readonly<Record<string, RouteOverride>> | undefined;
  /** How often the `openai` client sends a request again after 408, 409, 429, 5xx and connection failures. Default 2. */
  readonly maxRetries?: number | undefined;
  /** Default 30 000. */
  readonly discoveryTimeoutMs?: number | undefined;
  /** Keeps model lists; `false` keeps none. Default: one of the process, an hour long. */
  readonly cache?: DiscoveryCache | false | undefined;
  /**
   * Told that there is no (new) model list; not again for the same reason in the same region, until a list came in between. For a
   * log.
   */
  readonly onUnavailable?: ((told: Unavailable) => void) | undefined;
  /** How long the service may be silent in a stream, in milliseconds; 0 is for ever. Default: two minutes each. */
  readonly timeouts?: Partial<Timeouts> | undefined;
}

export interface StreamRequest extends MantleTurn {
  /** An id, or a model of `discoverModels`. */
  readonly model: string | MantleModel;
  /** Goes through this API, whatever the model's route says. */
  readonly api?: MantleApi | undefined;
}

export interface StreamOptions {
  readonly signal?: AbortSignal | undefined;
  /**
   * Sent with the request, e.g. `anthropic-beta`, or the guardrail's headers on `runtime`. Headers that say who asks are refused, and
   * those of a guardrail at Mantle, which would ignore them.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface DiscoverOptions {
  readonly signal?: AbortSignal | undefined;
  /** Asks the endpoint whatever is known. */
  readonly refresh?: boolean | undefined;
}

export interface Mantle {
  readonly endpoint: MantleEndpoint;
  /**
   * The models of `GET /v1/models`, each with its capabilities and its route. No list is no error: `unavailable` says why. Kept
   * for an hour per region and credential; the last good list stays where a new one fails.
   *
   * @throws BedrockError of kind `aborted` when the caller aborts.
   */
  discoverModels(options?: DiscoverOptions): Promise<MantleDiscovery>;
  /** Base URL, path and API of a model. No network; what a refusal taught is known afterwards. */
  route(model: string | MantleModel): ModelRoute;
  /** One turn as a stream of events. Never throws: what goes wrong is the stream's `error` event. */
  stream(request: StreamRequest, options?: StreamOptions): AssistantMessageStream;
  /**
   * Tokens of a turn's input, as the service counts them, without asking the model. Messages API only.
   *
   * @throws BedrockError of kind `invalid-config` for a model of another API; any kind that the service's refusal has.
   */
  countTokens(request: StreamRequest, options?: StreamOptions): Promise<{ readonly inputTokens: number }>;
  /**
   * The official `openai` client for the route of a model, or for `/v1` (`/openai/v1` on `runtime`) without one. It asks
   * the session for its token with every request, and once more after a 401.
   */
  client(model?: string | MantleModel): Promise<OpenAI>;
}
