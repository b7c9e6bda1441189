import {
  BedrockError,
  type BlockSource,
  type ErrorContext,
  type MessageBuilder,
  toolNamesByWireName,
} from "@clawrock/conversation";
import type { OpenAI } from "openai";
import { htmlAnswer, isHtml, mantleError } from "../mantle-error.ts";
import type { MantleModel } from "../model.ts";
import { ChatAnswer } from "./chat-answer.ts";
import { type ChatTurn, chatRequest } from "./chat-request.ts";
import { chatUsage } from "./chat-usage.ts";
import { toolCallIds } from "./tool-call-ids.ts";

export interface ChatSourceInit {
  readonly builder: MessageBuilder;
  readonly client: () => Promise<OpenAI>;
  readonly model: MantleModel;
  readonly turn: ChatTurn;
  readonly headers: Readonly<Record<string, string>>;
  /** The id to send for the model. */
  readonly wireId: () => string;
  /** Another id to send after the endpoint did not know the first; `undefined` if there is none. */
  readonly correctedId: (refused: string, signal: AbortSignal) => Promise<string | undefined>;
  readonly context: ErrorContext;
}

/**
 * A streamed chat completion, read with the `openai` client's own stream. The request is sent with the first pull;
 * cancelling aborts it, which closes its socket.
 */
export class ChatSource implements BlockSource {
  readonly #init: ChatSourceInit;
  readonly #abort = new AbortController();
  readonly #answer: ChatAnswer;
  #chunks: AsyncIterator<unknown> | undefined;

  constructor(init: ChatSourceInit) {
    this.#init = init;
    const { builder, context, model, turn } = init;
    this.#answer = new ChatAnswer({
      builder,
      context,
      toolCallIds: toolCallIds(turn.messages),
      toolNames: toolNamesByWireName(turn.tools ?? []),
      usage: (tokens) => chatUsage(tokens, model.capabilities),
    });
  }

  async pull(): Promise<boolean> {
    try {
      this.#chunks ??= await this.#open();
      const { value, done } = await this.#chunks.next();
      if (!done) this.#answer.apply(value);
      return !done;
    } catch (error) {
      throw await mantleError(error, this.#init.context);
    }
  }

  cancel(): void {
    this.#abort.abort();
  }

  async #open(): Promise<AsyncIterator<unknown>> {
    const id = this.#init.wireId();
    try {
      return await this.#send(id);
    } catch (error) {
      const refusal = await mantleError(error, this.#init.context);
      if (refusal.kind !== "model-not-found") throw refusal;
      const corrected = await this.#init.correctedId(id, this.#abort.signal);
      if (corrected === undefined) throw refusal;
      return await this.#send(corrected);
    }
  }

  async #send(id: string): Promise<AsyncIterator<unknown>> {
    const { builder, client, model, turn, headers, context } = this.#init;
    const { signal } = this.#abort;
    const openai = await client();
    const body = chatRequest(id, turn, model.capabilities);
    const sent = openai.chat.completions.create(body, { signal, headers });
    const { data, response } = await sent.withResponse();
    if (isHtml(response.headers, "")) {
      this.#abort.abort();
      throw htmlAnswer({ status: response.status }, context.action ?? "The request");
    }
    builder.responseId(response.headers.get("x-amzn-requestid") ?? response.headers.get("x-request-id") ?? undefined);
    return data[Symbol.asyncIterator]();
  }
}

/** The API that this package streams; other APIs of a route are for the client. */
export function refuseOtherApis(model: string, apis: readonly string[]): BedrockError | undefined {
  if (apis.includes("chat")) return undefined;
  return new BedrockError({
    kind: "invalid-config",
    problem: `${model} does not answer chat completions, only ${apis.join(" and ")}`,
    fix: "Use it through Converse (amazon-bedrock), or take client() and route() and call that API yourself",
  });
}
