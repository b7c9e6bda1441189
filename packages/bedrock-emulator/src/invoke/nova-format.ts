import { collectAnswer } from "../converse/collect.ts";
import { MessageEvents } from "../converse/stream-events.ts";
import { isJsonObject, objectAt } from "../json.ts";
import { checkShape } from "../validation/check-shape.ts";
import { converseShape } from "../validation/converse-shape.ts";
import { checkFields } from "./check-fields.ts";
import type { NativeAnswer, NativeFormat } from "./native-format.ts";

/** Nova's own bodies are those of Converse but for a few members (https://docs.aws.amazon.com/nova/latest/userguide/complete-request-schema.html). */
export const novaFormat: NativeFormat = {
  toConverse(body) {
    checkFields(body, {
      schemaVersion: { type: "String" },
      messages: { type: "JSONArray", required: true },
      system: { type: "JSONArray" },
      inferenceConfig: { type: "JSONObject" },
      toolConfig: { type: "JSONObject" },
      reasoningConfig: { type: "JSONObject" },
    });
    const { schemaVersion: _, reasoningConfig, inferenceConfig, ...rest } = body;
    const { topK: __, max_new_tokens, top_p, ...inference } = objectAt(body, "inferenceConfig");
    const converse = {
      ...rest,
      ...(isJsonObject(inferenceConfig) && {
        inferenceConfig: {
          // Both spellings were documented.
          ...(max_new_tokens !== undefined && { maxTokens: max_new_tokens }),
          ...(top_p !== undefined && { topP: top_p }),
          ...inference,
        },
      }),
      ...(reasoningConfig !== undefined && { additionalModelRequestFields: { reasoningConfig } }),
    };
    checkShape(converse, converseShape);
    return converse;
  },
  answer: (_, answer) => ({
    output: { message: { content: collectAnswer(answer.events).content, role: "assistant" } },
    stopReason: answer.reason,
    usage: { ...usageOf(answer), totalTokens: answer.inputTokens + answer.outputTokens },
  }),
  stream() {
    const message = new MessageEvents(false);
    const wrap = (events: readonly { type: string; payload: object }[]): object[] =>
      events.map((event) => ({ [event.type]: event.payload }));
    return {
      begin: () => wrap([message.start()]),
      take: (event) => wrap(message.take(event)),
      end: (answer) => [...wrap(message.stop()), { metadata: { usage: usageOf(answer), metrics: {}, trace: {} } }],
    };
  },
};

function usageOf(answer: NativeAnswer): object {
  return {
    inputTokens: answer.inputTokens,
    outputTokens: answer.outputTokens,
    cacheReadInputTokenCount: answer.cacheReadTokens ?? 0,
    cacheWriteInputTokenCount: answer.cacheWriteTokens ?? 0,
  };
}
