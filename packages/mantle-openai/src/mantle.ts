import {
  BedrockError,
  createEventStream,
  type ErrorContext,
  MessageBuilder,
  toolNamesByWireName,
} from "@clawrock/conversation";
import type { OpenAI } from "openai";
import { clientMaker } from "./auth/openai-client.ts";
import { chat } from "./chat/chat.ts";
import { discoverModels } from "./discovery/discover-models.ts";
import { countTokens } from "./messages/count-tokens.ts";
import { messages } from "./messages/messages.ts";
import { countRequest } from "./messages/messages-request.ts";
import { type MantleModel, mantleModel } from "./model.ts";
import { responses } from "./responses/responses.ts";
import { nextWay } from "./route/next-way.ts";
import {
  baseUrl,
  type MantleApi,
  type MantleEndpoint,
  type ModelRoute,
  routeOf,
  serviceOf,
  type Way,
} from "./route/route.ts";
import { type Attempt, TurnSource } from "./stream/turn-source.ts";
import { checkHeaders, isGuarded } from "./turn/check-headers.ts";
import type { AnswerInit, Family, RequestInit } from "./turn/family.ts";
import { toolCallIds } from "./turn/tool-call-ids.ts";
import { checkTurn } from "./turn/turn.ts";
import type { Mantle, MantleOptions, StreamOptions, StreamRequest } from "./types.ts";
import { wireModelId } from "./wire-model-id.ts";

const FAMILIES: Readonly<Record<MantleApi, Family>> = { chat, responses, messages };

/** What a turn does, for its errors. */
const VERBS: Readonly<Record<MantleApi, string>> = {
  chat: "Chat with",
  responses: "A response of",
  messages: "A message of",
};

const NO_RUNTIME_LIST =
  'bedrock-runtime has no model list; use endpoint "mantle" or the lists of the Bedrock control plane';

/** The OpenAI-compatible endpoints of Bedrock for one session and its region. Nothing is sent before the first call. */
export function createMantle(options: MantleOptions): Mantle {
  const { aws, endpoint = "mantle", auth = "bearer", routes = {}, maxRetries = 2 } = options;
  const makeClient = clientMaker({ aws, endpoint, auth, maxRetries });
  const clientAt = (path: Way["path"]): Promise<OpenAI> => makeClient(baseUrl(aws, endpoint, path));
  const defaultPath = endpoint === "mantle" ? "/v1" : "/openai/v1";
  /** Ids of the last list; they tell how a model is spelt here. */
  let listed: readonly string[] = [];
  /** Ways that the endpoint took after it had refused the one that the record says. */
  const learned = new Map<string, Way>();

  const route = (model: string | MantleModel, api?: MantleApi): ModelRoute => {
    const known = mantleModel(model);
    const override = api === undefined ? routes[known.id] : { ...routes[known.id], api };
    return routeOf({ aws, endpoint, model: known, override, learned: learned.get(known.id) });
  };

  const discover: Mantle["discoverModels"] = async ({ signal, refresh } = {}) => {
    if (endpoint === "runtime") return { models: [], unavailable: NO_RUNTIME_LIST };
    const { discoveryTimeoutMs: timeoutMs = 30_000, cache, onUnavailable } = options;
    const client = (): Promise<OpenAI> => clientAt(defaultPath);
    const found = await discoverModels({ aws, auth, client, route, signal, refresh, timeoutMs, cache, onUnavailable });
    if (found.models.length > 0) listed = found.models.map(({ id }) => id);
    return found;
  };

  const stream = (request: StreamRequest, { signal, headers = {} }: StreamOptions): ReturnType<Mantle["stream"]> => {
    const model = mantleModel(request.model);
    const { id, capabilities } = model;
    const action = `The turn with ${id}`;
    const context: ErrorContext = { action, model: id, ...regionOf(aws, endpoint) };
    const contextAt = ({ api, path }: Way): ErrorContext => ({ ...context, action: `${VERBS[api]} ${id} at ${path}` });
    const builder = new MessageBuilder({ api: chat.api, provider: "amazon-bedrock-mantle", model: id });
    if (capabilities.holdUntilStop.value) builder.holdUntilStop();
    const answerInit = (way: Way): AnswerInit => ({
      builder,
      capabilities,
      toolCallIds: toolCallIds(request.messages),
      toolNames: toolNamesByWireName(request.tools ?? []),
      context: contextAt(way),
      guarded: isGuarded(headers),
    });
    const attempt = (way: Way, wireId: string): Attempt => {
      const family = FAMILIES[way.api];
      const init: RequestInit = { wireId, model: id, capabilities, turn: request };
      return {
        way,
        wireId,
        family,
        context: contextAt(way),
        client: () => clientAt(way.path),
        body: () => family.request(init),
        headers: () => ({ ...family.headers(init), ...headers }),
        answer: () => family.answer(answerInit(way)),
      };
    };
    const tried: Way[] = [];
    const source = new TurnSource({
      builder,
      context,
      first: () => {
        checkTurn(request);
        checkHeaders(headers, endpoint);
        const { path, api } = route(model, request.api);
        builder.message.api = FAMILIES[api].api;
        tried.push({ path, api });
        return attempt({ path, api }, wireModelId(id, endpoint, listed));
      },
      corrected: async (refused, error, aborted) => {
        if (error.kind === "model-not-found" && endpoint === "mantle") {
          await discover({ signal: aborted });
          const wireId = wireModelId(id, endpoint, listed);
          return wireId === refused.wireId ? undefined : attempt(refused.way, wireId);
        }
        const way = request.api === undefined && !routes[id] ? nextWay(tried, error, endpoint) : undefined;
        if (!way) return undefined;
        tried.push(way);
        return attempt(way, refused.wireId);
      },
      accepted: ({ way }) => {
        if (tried.length > 1) learned.set(id, way);
      },
    });
    return createEventStream({ builder, source, signal, timeouts: options.timeouts, action });
  };

  return {
    endpoint,
    discoverModels: discover,
    route: (model) => route(model),
    stream: (request, how = {}) => stream(request, how),
    countTokens: async (request, { signal, headers = {} } = {}) => {
      const model = mantleModel(request.model);
      const { path, api } = route(model, request.api);
      if (api !== "messages") throw notCounted(model.id, api);
      checkTurn(request);
      checkHeaders(headers, endpoint);
      const { id, capabilities } = model;
      const wireId = wireModelId(id, endpoint, listed);
      const init: RequestInit = { wireId, model: id, capabilities, turn: request };
      return countTokens({
        client: () => clientAt(path),
        body: countRequest(init),
        headers: { ...messages.headers(init), ...headers },
        signal,
        context: { action: `Counting tokens with ${id}`, model: id, region: aws.regionOf(serviceOf(endpoint)) },
      });
    },
    client: (model) => clientAt(model === undefined ? defaultPath : route(model).path),
  };
}

/** A malformed region is told by the request, not by the call that makes the stream. */
function regionOf(aws: MantleOptions["aws"], endpoint: MantleEndpoint): { readonly region?: string } {
  try {
    return { region: aws.regionOf(serviceOf(endpoint)) };
  } catch {
    return {};
  }
}

function notCounted(model: string, api: MantleApi): BedrockError {
  return new BedrockError({
    kind: "invalid-config",
    problem: `Tokens of ${model} cannot be counted: it answers ${FAMILIES[api].path}, and only Messages counts`,
    fix: "Ask for the usage of an answer instead",
  });
}
