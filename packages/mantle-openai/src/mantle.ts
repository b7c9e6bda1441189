import type { AwsSession } from "@clawrock/aws-auth";
import { type AssistantMessageStream, createEventStream, MessageBuilder, type Timeouts } from "@clawrock/conversation";
import type { OpenAI } from "openai";
import type { ChatTurn } from "./chat/chat-request.ts";
import { ChatSource, refuseOtherApis } from "./chat/chat-source.ts";
import { discoverModels, type MantleDiscovery } from "./discovery/discover-models.ts";
import { type MantleModel, mantleModel } from "./model.ts";
import { clientMaker } from "./openai-client.ts";
import { type MantleEndpoint, type ModelRoute, routeOf } from "./route.ts";
import { wireModelId } from "./wire-model-id.ts";

export interface MantleOptions {
  readonly aws: AwsSession;
  /** Default `mantle`. `runtime` has guardrails and cross-region inference, but no model list. */
  readonly endpoint?: MantleEndpoint | undefined;
  /** How often the `openai` client sends a request again after 408, 409, 429, 5xx and connection failures. Default 2. */
  readonly maxRetries?: number | undefined;
  /** Default 30 000. */
  readonly discoveryTimeoutMs?: number | undefined;
  /** How long the service may be silent in a stream, in milliseconds; 0 is for ever. Default: two minutes each. */
  readonly timeouts?: Partial<Timeouts> | undefined;
}

export interface StreamRequest extends ChatTurn {
  /** An id, or a model of `discoverModels`. */
  readonly model: string | MantleModel;
}

export interface StreamOptions {
  readonly signal?: AbortSignal | undefined;
  /** Sent with the request, e.g. the guardrail's headers on `runtime`. `authorization` is refused. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface Mantle {
  readonly endpoint: MantleEndpoint;
  /**
   * The models of `GET /v1/models`, joined with their capabilities. No list is no error: `unavailable` says why.
   *
   * @throws BedrockError of kind `aborted` when the caller aborts.
   */
  discoverModels(options?: { readonly signal?: AbortSignal | undefined }): Promise<MantleDiscovery>;
  /**
   * The official `openai` client for the route of a model, or for `/v1` (`/openai/v1` on `runtime`) without one. It asks
   * the session for its token with every request, and once more after a 401.
   */
  client(model?: string | MantleModel): Promise<OpenAI>;
  /** Base URL, path and APIs of a model. */
  route(model: string | MantleModel): ModelRoute;
  /** One turn as a stream of events. Never throws: what goes wrong is the stream's `error` event. */
  stream(request: StreamRequest, options?: StreamOptions): AssistantMessageStream;
}

const NO_RUNTIME_LIST =
  'bedrock-runtime has no model list; use endpoint "mantle" or the lists of the Bedrock control plane';

/** The OpenAI-compatible endpoints of Bedrock for one session and its region. Nothing is sent before the first call. */
export function createMantle(options: MantleOptions): Mantle {
  const { aws, endpoint = "mantle", maxRetries = 2, discoveryTimeoutMs = 30_000, timeouts } = options;
  const makeClient = clientMaker({ aws, endpoint, maxRetries });
  const defaultBase =
    endpoint === "mantle" ? `${aws.endpoint("bedrock-mantle")}/v1` : `${aws.endpoint("bedrock-runtime")}/openai/v1`;
  /** Ids of the last list; they tell how a model is spelt here. */
  let listed: readonly string[] = [];

  const discover: Mantle["discoverModels"] = async ({ signal } = {}) => {
    if (endpoint === "runtime") return { models: [], unavailable: NO_RUNTIME_LIST };
    const client = (): Promise<OpenAI> => makeClient(defaultBase);
    const found = await discoverModels({ client, region: aws.region.name, signal, timeoutMs: discoveryTimeoutMs });
    if (found.models.length > 0) listed = found.models.map(({ id }) => id);
    return found;
  };

  return {
    endpoint,
    discoverModels: discover,
    client: (model) => makeClient(model === undefined ? defaultBase : routeOf(aws, endpoint, model).baseUrl),
    route: (model) => routeOf(aws, endpoint, model),
    stream: (request, { signal, headers = {} } = {}) => {
      const model = mantleModel(request.model);
      const { baseUrl, path, apis } = routeOf(aws, endpoint, model);
      const builder = new MessageBuilder({
        api: "openai-completions",
        provider: "amazon-bedrock-mantle",
        model: model.id,
      });
      const refusal = refuseOtherApis(model.id, apis);
      const action = `Chat with ${model.id} at ${path}`;
      const source = new ChatSource({
        builder,
        client: () => (refusal ? Promise.reject(refusal) : makeClient(baseUrl)),
        model,
        turn: request,
        headers,
        wireId: () => wireModelId(model.id, listed),
        correctedId: async (refused, aborted) => {
          await discover({ signal: aborted });
          const corrected = wireModelId(model.id, listed);
          return corrected === refused ? undefined : corrected;
        },
        context: { action, model: model.id, region: aws.region.name },
      });
      return createEventStream({ builder, source, signal, timeouts, action });
    },
  };
}
