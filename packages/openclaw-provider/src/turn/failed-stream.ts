import { type AssistantMessageStream, createEventStream, MessageBuilder, toBedrockError } from "@clawrock/conversation";
import { BEDROCK_API } from "../ids.ts";

/** A stream that ends at once with an error: a stream function of the host must never throw. */
export function failedStream(error: unknown, model: { provider: string; id: string }): AssistantMessageStream {
  const builder = new MessageBuilder({ api: BEDROCK_API, provider: model.provider, model: model.id });
  const source = { pull: () => Promise.reject(toBedrockError(error)), cancel: () => undefined };
  return createEventStream({ builder, source });
}
