import type { AssistantMessageEvent, AssistantMessageStream } from "@clawrock/conversation";
import type { HostStreamFn, WrapStreamContext } from "../host-types.ts";

/** Gives another token than the one that was refused; undefined where there is no other. */
export type RenewToken = (refused: string | undefined) => Promise<string | undefined>;

/**
 * The host's call with a stream function that sends a turn once more, with a new token, where the first was refused before the
 * answer began.
 */
export function renewingToken(context: WrapStreamContext, renew: RenewToken): WrapStreamContext {
  if (!context.streamFn) return context;
  // The host's function takes what it is called with; its type only differs in what this plugin does not read.
  const inner = context.streamFn as unknown as HostStreamFn;
  const streamFn: HostStreamFn = async (model, conversation, options = {}) => {
    const first = await inner(model, conversation, options);
    return restarted(first, async () => {
      const apiKey = await renew(options.apiKey).catch(() => undefined);
      return apiKey === undefined ? undefined : await inner(model, conversation, { ...options, apiKey });
    });
  };
  return { ...context, streamFn };
}

/** The stream, or another in its place where it ends with a refused token before it has begun. */
function restarted(
  first: AssistantMessageStream,
  again: () => Promise<AssistantMessageStream | undefined>,
): AssistantMessageStream {
  const begin = async (stream: AssistantMessageStream, isLast: boolean): Promise<Begun> => {
    const events = stream[Symbol.asyncIterator]();
    const step = await events.next();
    const next = !isLast && !step.done && isRefused(step.value) ? await again() : undefined;
    return next ? await begin(next, true) : { stream, events, step };
  };
  const begun = begin(first, false);
  // Whoever asks for events or the result gets the failure; nobody may ask.
  begun.catch(() => undefined);
  return {
    [Symbol.asyncIterator]() {
      let started = false;
      return {
        async next() {
          const { events, step } = await begun;
          if (started) return await events.next();
          started = true;
          return step;
        },
        async return() {
          await (await begun).events.return?.();
          return { value: undefined, done: true };
        },
      };
    },
    result: async () => (await begun).stream.result(),
  };
}

interface Begun {
  readonly stream: AssistantMessageStream;
  readonly events: AsyncIterator<AssistantMessageEvent>;
  readonly step: IteratorResult<AssistantMessageEvent>;
}

/** The host's clients begin the message of an error with the status of the answer. */
function isRefused(event: AssistantMessageEvent): boolean {
  return event.type === "error" && /^401\b/u.test(event.error.errorMessage ?? "");
}
