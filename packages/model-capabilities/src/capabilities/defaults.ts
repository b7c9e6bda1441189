import { AUTO_TOOLS, FULL_SAMPLING } from "../rules/traits.ts";
import type { Known, ModelCapabilities } from "../types.ts";

type Required =
  | "input"
  | "output"
  | "reasoning"
  | "sampling"
  | "tools"
  | "promptCaching"
  | "systemPrompt"
  | "holdUntilStop";

/**
 * What is assumed of a model no rule knows: text, tools of the model's own choice, no reasoning field, no cache point.
 * A wrong guess here costs one refused request, which names the field.
 */
export const DEFAULTS: Pick<ModelCapabilities, Required> = {
  input: byDefault(["text"]),
  output: byDefault(["text"]),
  reasoning: byDefault({ mode: "none", whenOmitted: "off", off: "omit", signed: false, replay: "text" }),
  sampling: byDefault(FULL_SAMPLING),
  tools: byDefault(AUTO_TOOLS),
  promptCaching: byDefault({ supported: false, fields: [], ttls: [], maxPoints: 0 }),
  systemPrompt: byDefault(true),
  holdUntilStop: byDefault(false),
};

function byDefault<T>(value: T): Known<T> {
  return { value, provenance: { from: "default" } };
}
