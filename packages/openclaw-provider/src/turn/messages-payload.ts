import { buildRequest, readModel } from "@clawrock/bedrock-converse";
import type { EffortLevel } from "@clawrock/model-capabilities";

/** A request of Anthropic's Messages API, as the host made it. */
export type MessagesPayload = Readonly<Record<string, unknown>>;

/**
 * The host's request with the thinking fields and the sampling that the model takes. The host makes them for Anthropic's own
 * names of its models, and would send Claude Opus 4.7 a kind of thinking it refuses.
 */
export function claudePayload(
  payload: MessagesPayload,
  modelId: string,
  thinking: EffortLevel | "off" | undefined,
): MessagesPayload {
  const { thinking: _, output_config, temperature, top_p, top_k, ...rest } = payload;
  const model = readModel(modelId);
  const messages = [{ role: "user" as const, content: "-", timestamp: 0 }];
  const { input } = buildRequest(
    { model, messages, thinking, maxTokens: numberOf(payload["max_tokens"]), temperature: numberOf(temperature) },
    model,
  );
  const fields = objectOf(input.additionalModelRequestFields);
  const { sampling } = model.capabilities;
  const thinks = fields["thinking"] !== undefined && objectOf(fields["thinking"])["type"] !== "disabled";
  const samples = sampling.value.temperature && (!thinks || sampling.value.whileThinking);
  return defined({
    ...rest,
    thinking: fields["thinking"],
    output_config: merged(objectOf(output_config), objectOf(fields["output_config"])),
    max_tokens: input.inferenceConfig?.maxTokens ?? payload["max_tokens"],
    ...(samples && { temperature, top_p, top_k }),
  });
}

/** What else the host put there, such as a schema, with the model's own effort. */
function merged({ effort: _, ...others }: MessagesPayload, own: MessagesPayload): MessagesPayload | undefined {
  const both = { ...others, ...own };
  return Object.keys(both).length > 0 ? both : undefined;
}

function defined(fields: MessagesPayload): MessagesPayload {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function objectOf(value: unknown): MessagesPayload {
  return typeof value === "object" && value !== null ? (value as MessagesPayload) : {};
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
