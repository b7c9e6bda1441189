import { usageOf } from "../converse/usage.ts";
import { claudeMessage, claudeStream, messageId } from "./claude-answer.ts";
import { checkClaudeBody } from "./claude-checks.ts";
import { claudeToConverse } from "./claude-request.ts";
import type { NativeFormat } from "./native-format.ts";

/** Anthropic's Messages API (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html). */
export const claudeFormat: NativeFormat = {
  toConverse(body, model) {
    checkClaudeBody(body, model, { required: ["anthropic_version"], optional: [] });
    return claudeToConverse(body);
  },
  answer: (request, answer) => claudeMessage(messageId(), nameOf(request.model.modelId), answer),
  stream: (request) => claudeStream(messageId(), nameOf(request.model.modelId), usageOf(request, 0)),
};

/** Answers name the model as Anthropic does: `claude-3-haiku-20240307`. */
function nameOf(modelId: string): string {
  return modelId.replace(/^.*anthropic\./, "").replace(/-v\d+(:\d+)?$/, "");
}
