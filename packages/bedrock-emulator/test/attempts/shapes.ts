import type { IdsOf } from "../../src/refusals/tables.ts";
import type { shapeRefusal } from "../../src/validation/shape-refusals.ts";
import { messages, micro, type RefusalAttempt, toModel } from "./attempt.ts";

const tool = (spec: object) => ({
  messages,
  toolConfig: { tools: [{ toolSpec: { name: "look", inputSchema: { json: { type: "object" } }, ...spec } }] },
});
const converse = (body: object, message: RegExp) => toModel(micro, "converse", body, message);

export const shapeAttempts: Record<IdsOf<typeof shapeRefusal>, readonly RefusalAttempt[]> = {
  "member-missing": [
    converse({ messages: [{ content: [] }] }, /^.*1\.member\.role' failed .* Member must not be null"}$/),
  ],
  "union-members": [
    converse({ messages: [{ role: "user", content: [{}] }] }, /exactly one of \[text, image/),
    converse(
      { messages: [{ role: "user", content: [{ text: "x", cachePoint: { type: "default" } }] }] },
      /exactly one/,
    ),
  ],
  "length-minimum": [
    converse({ messages, toolConfig: { tools: [] } }, /'toolConfig\.tools' .* length greater than or equal to 1/),
    converse(tool({ description: "" }), /toolSpec\.description' .* length greater than or equal to 1/),
  ],
  "length-maximum": [converse(tool({ name: "x".repeat(65) }), /length less than or equal to 64/)],
  enum: [
    converse({ messages: [{ role: "system", content: [{ text: "x" }] }] }, /enum value set: \[user, assistant\]/),
    converse(
      { messages, performanceConfig: { latency: "fast" } },
      /must satisfy enum value set: \[optimized, standard\]/,
    ),
    converse({ messages, serviceTier: { type: "best" } }, /enum value set: \[priority, default, flex, reserved\]/),
  ],
  pattern: [
    converse(tool({ name: "Complete Session" }), /tools\.1\.member\.toolSpec\.name' .*pattern: \[a-zA-Z0-9_-\]\+/),
  ],
  "value-minimum": [
    converse({ messages, inferenceConfig: { maxTokens: 0, topP: 2 } }, /2 validation errors detected: .*equal to 1; /),
  ],
  "value-maximum": [converse({ messages, inferenceConfig: { temperature: 1.5 } }, /value less than or equal to 1/)],
  "map-entry": [
    converse({ messages, requestMetadata: { "": "x" } }, /Map key must satisfy constraint/),
    converse({ messages, requestMetadata: { key: "ü" } }, /Map value must satisfy constraint/),
  ],
  "wrong-type": [
    converse({ messages, inferenceConfig: { maxTokens: "1" } }, /STRING_VALUE can not be converted to an Integer/),
    converse({ messages: {} }, /START_OBJECT can not be converted to a list/),
    converse({ messages, requestMetadata: { key: 1 } }, /NUMBER_VALUE can not be converted to a String/),
  ],
};
