/**
 * Where OpenClaw and this project differ in small things. A difference between releases of the host is absorbed here,
 * never in a library.
 */
import type { ConverseRequest, StreamOptions } from "@clawrock/bedrock-converse";
import type { AssistantMessage, AssistantMessageStream, Context } from "@clawrock/conversation";
import type { EffortLevel } from "@clawrock/model-capabilities";
import type { HostStreamOptions, HostTurnModel } from "./host-types.ts";

const EFFORTS: readonly EffortLevel[] = ["minimal", "low", "medium", "high", "xhigh", "max"];
const TIERS = ["default", "priority", "flex", "reserved"] as const;

/** The host's call as a request. Values this project does not know are left to the model's default. */
export function converseRequest<Model extends HostTurnModel>(
  model: Model,
  context: Context,
  options: HostStreamOptions<Model>,
): ConverseRequest {
  return {
    model: model.id,
    system: context.systemPrompt,
    messages: context.messages,
    tools: context.tools,
    // What a model is known to give is the service's own default; only a limit that somebody set is sent.
    maxTokens: options.maxTokens ?? (model.maxTokensSource === "configured" ? model.maxTokens : undefined),
    temperature: options.temperature,
    stopSequences: options.stop,
    thinking: thinkingOf(options.reasoning),
    thinkingBudgets: options.thinkingBudgets,
    cacheRetention: options.cacheRetention,
    serviceTier: TIERS.find((tier) => tier === options.serviceTier),
  };
}

/** The host's callbacks also get the host's model. */
export function streamCallbacks<Model extends HostTurnModel>(
  model: Model,
  { signal, onPayload, onResponse }: HostStreamOptions<Model>,
): StreamOptions {
  return {
    signal,
    onPayload: onPayload && ((payload) => onPayload(payload, model)),
    onResponse: onResponse && ((response) => onResponse(response, model)),
  };
}

/** The host's level as an effort; undefined where the model is to decide. */
export function thinkingOf(reasoning: string | undefined): ConverseRequest["thinking"] {
  return reasoning === "off" ? "off" : EFFORTS.find((effort) => effort === reasoning);
}

/** What is done with the end of a stream before the host sees it. */
export interface StreamObserver {
  /** Gives the message the host is to see: it asks about errors by their text alone. Called once. */
  readonly failed: (message: AssistantMessage) => AssistantMessage;
  readonly answered: () => void;
}

/** The same stream, its end noted before the host sees it: in its last event, and in its result. */
export function observed(stream: AssistantMessageStream, { failed, answered }: StreamObserver): AssistantMessageStream {
  let seen: AssistantMessage | undefined;
  const noted = (message: AssistantMessage): AssistantMessage => {
    seen ??= failed(message);
    return seen;
  };
  return {
    [Symbol.asyncIterator]() {
      const events = stream[Symbol.asyncIterator]();
      return {
        async next() {
          const step = await events.next();
          if (step.done) return step;
          if (step.value.type === "done") answered();
          if (step.value.type !== "error") return step;
          return { ...step, value: { ...step.value, error: noted(step.value.error) } };
        },
        async return() {
          await events.return?.();
          return { value: undefined, done: true };
        },
      };
    },
    async result() {
      const message = await stream.result();
      return message.stopReason === "error" || message.stopReason === "aborted" ? noted(message) : message;
    },
  };
}
