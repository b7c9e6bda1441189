import { BedrockError, type BlockSource, type ErrorContext, type MessageBuilder } from "@clawrock/conversation";
import type { OpenAI } from "openai";
import { mantleError } from "../mantle-error.ts";
import type { Way } from "../route/route.ts";
import type { Answer, Family } from "../turn/family.ts";
import { DataEvents } from "./data-events.ts";
import { streamBody } from "./stream-body.ts";

/** A request ready to be sent. */
export interface Attempt {
  readonly way: Way;
  readonly wireId: string;
  readonly family: Family;
  readonly context: ErrorContext;
  readonly client: () => Promise<OpenAI>;
  readonly body: () => object;
  readonly headers: () => Readonly<Record<string, string>>;
  readonly answer: () => Answer;
}

export interface TurnSourceInit {
  readonly builder: MessageBuilder;
  /** The first attempt. @throws BedrockError for a request that cannot be sent. */
  readonly first: () => Attempt;
  /** Another attempt after a refused one; `undefined` if there is none. */
  readonly corrected: (refused: Attempt, error: BedrockError, signal: AbortSignal) => Promise<Attempt | undefined>;
  /** Hears of the attempt that was accepted. */
  readonly accepted: (attempt: Attempt) => void;
  /** For errors before the first attempt. */
  readonly context: ErrorContext;
}

/** How long the end of an answered request is waited for, so that its connection can serve again. */
const DRAIN_MS = 500;

/** A streamed turn. The request is sent with the first pull; cancelling aborts it, which closes its socket. */
export class TurnSource implements BlockSource {
  readonly #init: TurnSourceInit;
  readonly #abort = new AbortController();
  #events: DataEvents | undefined;
  #answer: Answer | undefined;
  #context: ErrorContext;

  constructor(init: TurnSourceInit) {
    this.#init = init;
    this.#context = init.context;
  }

  async pull(): Promise<boolean> {
    try {
      if (!this.#events || !this.#answer) {
        const accepted = await this.#open();
        this.#answer = accepted.answer;
        this.#events = accepted.events;
      }
      const events = await this.#events.next();
      if (events === undefined) return false;
      for (const data of events) {
        if (data !== "[DONE]" && !this.#answer.apply(parsed(data))) continue;
        void this.#events.drain(DRAIN_MS);
        return false;
      }
      return true;
    } catch (error) {
      void this.#events?.cancel();
      throw await mantleError(error, this.#context);
    }
  }

  cancel(): void {
    this.#abort.abort();
  }

  async #open(): Promise<{ readonly events: DataEvents; readonly answer: Answer }> {
    let first: BedrockError | undefined;
    let attempt = this.#init.first();
    for (;;) {
      this.#context = attempt.context;
      try {
        const opened = await this.#send(attempt);
        this.#init.accepted(attempt);
        return opened;
      } catch (error) {
        const refusal = await mantleError(error, this.#context);
        const next = await this.#init.corrected(attempt, refusal, this.#abort.signal);
        // Where no correction helps, what was asked first is what the caller asked.
        if (next === undefined) throw first && refusal.kind === first.kind ? first : refusal;
        first ??= refusal;
        attempt = next;
      }
    }
  }

  async #send({
    client,
    family,
    context,
    body,
    headers,
    answer,
  }: Attempt): Promise<{ events: DataEvents; answer: Answer }> {
    const { builder } = this.#init;
    const openai = await client();
    const response = await openai
      .post(family.path, {
        body: body(),
        headers: { accept: "text/event-stream", ...headers() },
        signal: this.#abort.signal,
        stream: true,
      })
      .asResponse();
    const stream = await streamBody(response, context);
    builder.message.api = family.api;
    builder.responseId(response.headers.get("x-amzn-requestid") ?? response.headers.get("x-request-id") ?? undefined);
    return { events: new DataEvents(stream), answer: answer() };
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    const problem = "The stream holds something that is not JSON";
    throw new BedrockError({ kind: "protocol", problem, fix: "Send the request again", cause });
  }
}
