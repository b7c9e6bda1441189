import { assumed } from "../refusals/provenance.ts";
import { refusalTable } from "../refusals/refusal-table.ts";

/** In Anthropic's words, without the prefix that Converse puts before refusals of the model. */
export const claudeRefusal = refusalTable("Claude's own bodies (InvokeModel, Mantle's Messages)", {
  "claude-field-missing": {
    refuses: "A field that is not there.",
    provenance: assumed,
    says: (at: string) => `${at}: Field required`,
  },
  "claude-field-unknown": {
    refuses: "A field that the API does not know.",
    provenance: assumed,
    says: (key: string) => `${key}: Extra inputs are not permitted`,
  },
  "claude-list": {
    refuses: "Messages or contents that are no list.",
    provenance: assumed,
    says: (at: string) => `${at}: Input should be a valid list`,
  },
  "claude-no-messages": {
    refuses: "A request without messages.",
    provenance: assumed,
    says: () => "messages: at least one message is required",
  },
  "claude-message": {
    refuses: "A message that is no object.",
    provenance: assumed,
    says: (at: string) => `${at}: Input should be a valid dictionary or object to extract fields from`,
  },
  "claude-role": {
    refuses: "A role other than user and assistant, or a system message at the beginning.",
    provenance: assumed,
    says: (role: string) =>
      `messages: Unexpected role "${role}". The Messages API accepts a top-level \`system\` parameter, not "system" as an input message role.`,
  },
  "claude-empty-content": {
    refuses: "A message whose content is an empty text.",
    provenance: assumed,
    says: (at: string) => `${at}: user messages must have non-empty content`,
  },
  "claude-empty-text": {
    refuses: "A text block without text.",
    provenance: assumed,
    says: () => "messages: text content blocks must be non-empty",
  },
  "claude-block-type": {
    refuses: "A content block of a type that is none.",
    provenance: assumed,
    says: (at: string, type: string, tags: readonly string[]) =>
      `${at}: Input tag '${type}' found using 'type' does not match any of the expected tags: ${tags.map((tag) => `'${tag}'`).join(", ")}`,
  },
  "claude-tool-name": {
    refuses: "A tool whose name has other characters, or more than 128.",
    provenance: assumed,
    says: (index: number) => `tools.${index}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`,
  },
  "claude-integer": {
    refuses: "A max_tokens that is no integer.",
    provenance: assumed,
    says: () => "max_tokens: Input should be a valid integer",
  },
  "claude-max-tokens-minimum": {
    refuses: "A max_tokens of less than 1.",
    provenance: assumed,
    says: () => "max_tokens: Input should be greater than or equal to 1",
  },
  "claude-max-tokens": {
    refuses: "A max_tokens over the model's.",
    provenance: assumed,
    says: (value: number, limit: number, modelId: string) =>
      `max_tokens: ${value} > ${limit}, which is the maximum allowed number of output tokens for ${modelId}`,
  },
  "claude-number": {
    refuses: "A temperature or top_p that is no number.",
    provenance: assumed,
    says: (key: string) => `${key}: Input should be a valid number`,
  },
  "claude-range": {
    refuses: "A temperature or top_p outside of 0 to 1.",
    provenance: assumed,
    says: (key: string) => `${key}: range: 0..1`,
  },
  "claude-result-missing": {
    refuses: "A tool use without its result in the next message.",
    provenance: assumed,
    says: (index: number, ids: readonly string[]) =>
      `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${ids.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
  },
  "claude-result-stray": {
    refuses: "A tool result without its use in the message before.",
    provenance: assumed,
    says: (index: number, id: string) =>
      `messages.${index}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
  },
});
