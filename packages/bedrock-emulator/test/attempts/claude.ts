import type { claudeRefusal } from "../../src/invoke/claude-refusals.ts";
import type { IdsOf } from "../../src/refusals/tables.ts";
import { attempt, haiku, type RefusalAttempt, said, toModel } from "./attempt.ts";

const base = { anthropic_version: "bedrock-2023-05-31", max_tokens: 100, messages: said };
const sent = (more: object, message: RegExp) => toModel(haiku, "invoke", { ...base, ...more }, message);
const told = (message: unknown, words: RegExp) => sent({ messages: [message] }, words);
const use = { type: "tool_use", id: "t", name: "look", input: {} };

export const claudeAttempts: Record<IdsOf<typeof claudeRefusal>, readonly RefusalAttempt[]> = {
  "claude-field-missing": [
    toModel(haiku, "invoke", { messages: said, max_tokens: 1 }, /"anthropic_version: Field required"/),
    toModel(haiku, "invoke", { ...base, max_tokens: null }, /"max_tokens: Field required"/),
    told({ content: "x" }, /"messages\.0\.role: Field required"/),
    told({ role: "user" }, /"messages\.0\.content: Field required"/),
    told({ role: "user", content: [{}] }, /"messages\.0\.content\.0\.type: Field required"/),
    told({ role: "user", content: [{ type: "text" }] }, /"messages\.0\.content\.0\.text\.text: Field required"/),
    sent({ tools: [{}] }, /"tools\.0\.custom\.name: Field required"/),
    sent({ tools: [{ name: "look" }] }, /"tools\.0\.custom\.input_schema: Field required"/),
  ],
  "claude-field-unknown": [
    sent({ other: 1 }, /"other: Extra inputs are not permitted"/),
    attempt(
      "/anthropic/v1/messages",
      { body: { model: "anthropic.claude-opus-4-7", max_tokens: 1, messages: said, other: 1 } },
      400,
      /"type":"error","error":\{"type":"invalid_request_error","message":"other: Extra inputs/,
    ),
  ],
  "claude-list": [
    sent({ messages: "x" }, /"messages: Input should be a valid list"/),
    told({ role: "user", content: 1 }, /"messages\.0\.content: Input should be a valid list"/),
  ],
  "claude-no-messages": [sent({ messages: [] }, /at least one message is required/)],
  "claude-message": [told(null, /"messages\.0: Input should be a valid dictionary/)],
  "claude-role": [
    told({ role: "robot", content: "x" }, /Unexpected role \\"robot\\"/),
    told({ role: "system", content: "x" }, /Unexpected role \\"system\\"/),
  ],
  "claude-empty-content": [
    told({ role: "user", content: "" }, /messages\.0: user messages must have non-empty content/),
  ],
  "claude-empty-text": [
    told({ role: "user", content: [{ type: "text", text: "" }] }, /text content blocks must be non-empty/),
  ],
  "claude-block-type": [
    told({ role: "user", content: [{ type: "x" }] }, /Input tag 'x' found using 'type' does not match/),
  ],
  "claude-tool-name": [
    sent({ tools: [{ name: "a b", input_schema: {} }] }, /tools\.0\.custom\.name: String should match/),
  ],
  "claude-integer": [sent({ max_tokens: 1.5 }, /max_tokens: Input should be a valid integer/)],
  "claude-max-tokens-minimum": [sent({ max_tokens: 0 }, /max_tokens: Input should be greater than or equal to 1/)],
  "claude-max-tokens": [sent({ max_tokens: 5_000 }, /max_tokens: 5000 > 4096, which is the maximum allowed/)],
  "claude-number": [sent({ temperature: "1" }, /"temperature: Input should be a valid number"/)],
  "claude-range": [sent({ top_p: 2 }, /"top_p: range: 0\.\.1"/)],
  "claude-result-missing": [
    sent(
      { messages: [...said, { role: "assistant", content: [use] }, ...said] },
      /messages\.1: `tool_use` ids .* after: t\./,
    ),
  ],
  "claude-result-stray": [
    told({ role: "user", content: [{ type: "tool_result", tool_use_id: "t" }] }, /unexpected `tool_use_id` found/),
  ],
};
