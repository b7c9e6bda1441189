import { arrayAt, isJsonObject, type JsonObject, objectAt, stringAt } from "../json.ts";
import { assumed, reported } from "../refusals/provenance.ts";
import { contentBlocks, firstOf, memberOf, roleOf } from "./blocks.ts";
import { type ConverseCheck, type ConverseRule, fromModel } from "./rule.ts";

function textOf(reasoning: JsonObject): { text: string; signature: string | undefined } | undefined {
  const block = memberOf(reasoning, "reasoningText");
  return block && { text: stringAt(block, "text") ?? "", signature: stringAt(block, "signature") };
}

function latestAssistant(body: JsonObject): number {
  return arrayAt(body, "messages").findLastIndex((message) => roleOf(message) === "assistant");
}

function signedBlocks(request: ConverseCheck): { path: string; message: number; reasoning: JsonObject }[] {
  if (request.behaviour.thinking?.signed !== true) return [];
  return contentBlocks(request.body).flatMap(({ block, path, message }) => {
    const reasoning = memberOf(block, "reasoningContent");
    return reasoning ? [{ path, message, reasoning }] : [];
  });
}

/** Rules of thinking that comes back in the history. */
export const replayedThinkingRules: readonly ConverseRule[] = [
  {
    id: "reasoning-not-taken-back",
    refuses: "Reasoning in a user message, or in any message to a model that takes none back.",
    provenance: reported("can1357/oh-my-pi#9086"),
    check: ({ body, behaviour }) =>
      contentBlocks(body).some(
        ({ block, role }) =>
          block["reasoningContent"] !== undefined && (role === "user" || behaviour.thinking?.replay !== true),
      )
        ? "User messages cannot contain reasoning content. Please remove the reasoning content and try again."
        : undefined,
  },
  {
    id: "signature-missing",
    refuses: "Thinking without a signature, on Claude.",
    provenance: reported("can1357/oh-my-pi#10486"),
    check: (request) =>
      firstOf(signedBlocks(request), ({ path, reasoning }) => {
        const thought = textOf(reasoning);
        return thought && thought.signature === undefined
          ? `${fromModel}${path}.thinking.signature: Field required`
          : undefined;
      }),
  },
  {
    id: "thinking-modified",
    refuses: "Thinking of the latest assistant message whose text is no longer what was signed.",
    provenance: reported("BerriAI/litellm#25375"),
    check: (request) =>
      firstOf(signedBlocks(request), ({ path, message, reasoning }) => {
        const thought = textOf(reasoning);
        const changed =
          thought?.signature !== undefined &&
          request.thinkingSigner.issued(thought.signature) &&
          request.thinkingSigner.sign(thought.text) !== thought.signature;
        return changed && message === latestAssistant(request.body)
          ? `${fromModel}${path}: \`thinking\` or \`redacted_thinking\` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.`
          : undefined;
      }),
  },
  {
    id: "signature-invalid",
    refuses: "Thinking with a signature that the emulator did not give for this text, on Claude.",
    provenance: reported("openclaw/openclaw#88020"),
    check: (request) =>
      request.admitForeignThinking
        ? undefined
        : firstOf(signedBlocks(request), ({ path, reasoning }) => {
            const thought = textOf(reasoning);
            return thought && request.thinkingSigner.sign(thought.text) !== thought.signature
              ? `${fromModel}${path}: Invalid \`signature\` in \`thinking\` block`
              : undefined;
          }),
  },
  {
    id: "redacted-invalid",
    refuses: "Redacted thinking that the emulator did not give, on Claude.",
    provenance: assumed,
    check: (request) =>
      request.admitForeignThinking
        ? undefined
        : firstOf(signedBlocks(request), ({ path, reasoning }) => {
            const redacted = stringAt(reasoning, "redactedContent");
            const known =
              redacted === undefined || request.thinkingSigner.issued(Buffer.from(redacted, "base64").toString("utf8"));
            return known ? undefined : `${fromModel}${path}: Invalid \`data\` in \`redacted_thinking\` block`;
          }),
  },
  {
    id: "thinking-missing",
    refuses: "A tool turn that does not begin with its thinking, while thinking is enabled with a budget.",
    provenance: reported("langchain-ai/langchain-aws#844"),
    check: ({ body, behaviour }) => {
      const type = stringAt(objectAt(objectAt(body, "additionalModelRequestFields"), "thinking"), "type");
      if (type !== "enabled" || behaviour.vendor !== "anthropic") return undefined;
      const at = latestAssistant(body);
      const content = arrayAt(arrayAt(body, "messages")[at], "content").filter(isJsonObject);
      const first = content[0];
      if (
        !first ||
        !content.some((block) => block["toolUse"] !== undefined) ||
        first["reasoningContent"] !== undefined
      ) {
        return undefined;
      }
      const found = first["toolUse"] === undefined ? "text" : "tool_use";
      return `${fromModel}messages.${at}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${found}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks). To avoid this requirement, disable \`thinking\`.`;
    },
  },
];
