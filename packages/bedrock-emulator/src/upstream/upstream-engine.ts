import type { AnswerEvent, Engine } from "../engine/turn.ts";
import { ServiceError } from "../http/service-error.ts";
import { isJsonObject, type Json, parseJson } from "../json.ts";
import { answerEvents } from "./from-chunks.ts";
import { serverSentData } from "./server-sent-data.ts";
import { chatRequest } from "./to-chat.ts";
import { upstreamRefusal } from "./upstream-refusals.ts";

export interface UpstreamOptions {
  /** Base URL of an OpenAI-compatible server, as in `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  /** Model to ask for. Default: the first that `GET /models` lists. */
  readonly model?: string;
  /** Bearer token, where the server wants one. */
  readonly apiKey?: string;
}

/**
 * An engine that lets a real model answer, such as one of Ollama or llama.cpp, over Chat Completions. Thinking comes through
 * unsigned; signatures are the emulator's own. Throws a 503 `ServiceUnavailableException` when the server cannot be reached, and
 * `ModelErrorException` when it refuses.
 */
export function upstreamEngine(options: UpstreamOptions, sign: (text: string) => string): Engine {
  const base = options.baseUrl.replace(/\/+$/, "");
  const headers = {
    "content-type": "application/json",
    ...(options.apiKey && { authorization: `Bearer ${options.apiKey}` }),
  };
  let known: string | undefined = options.model;

  return async function* (turn, signal): AsyncGenerator<AnswerEvent> {
    known ??= await firstModel(base, headers, signal);
    const response = await reach(`${base}/chat/completions`, {
      method: "POST",
      headers,
      body: JSON.stringify(chatRequest(turn, known)),
      signal,
    });
    const chunks = jsonChunks(serverSentData(response.body ?? new ReadableStream()));
    yield* answerEvents(chunks, turn.thinking, sign);
  };
}

async function firstModel(
  base: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  const response = await reach(`${base}/models`, { headers, signal });
  const list: Json = parseJson(await response.text());
  const first = isJsonObject(list) && Array.isArray(list["data"]) ? list["data"][0] : undefined;
  if (isJsonObject(first) && typeof first["id"] === "string") return first["id"];
  throw new ServiceError("ServiceUnavailableException", upstreamRefusal("upstream-empty", `${base}/models`));
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    throw new ServiceError("ServiceUnavailableException", upstreamRefusal("upstream-lost", url, reasonOf(error)));
  }
  if (response.ok) return response;
  const said = (await response.text()).slice(0, 300);
  throw new ServiceError("ModelErrorException", upstreamRefusal("upstream-refused", url, response.status, said));
}

/** fetch hides why it failed in the cause, and of several addresses tried the cause tells only the code. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || ("code" in cause ? String(cause.code) : cause.name);
}

async function* jsonChunks(data: AsyncIterable<string>): AsyncGenerator<Json> {
  for await (const text of data) {
    if (text === "[DONE]") return;
    yield parseJson(text);
  }
}
