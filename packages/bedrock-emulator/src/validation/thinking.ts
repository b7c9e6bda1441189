import { arrayAt, type JsonObject, numberAt, objectAt, stringAt } from "../json.ts";
import { assumed, documented, reported } from "../refusals/provenance.ts";
import { type ConverseCheck, type ConverseRule, fromModel } from "./rule.ts";

const adaptiveThinkingPage =
  "https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-adaptive-thinking.html";
const novaThinkingPage = "https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html";
const minBudget = 1_024;

function fields(body: JsonObject): JsonObject {
  return objectAt(body, "additionalModelRequestFields");
}

/** `thinking` of a Claude request: its type, and its budget. */
function claudeThinking({ body, behaviour }: ConverseCheck): { type: string; budget: number } | undefined {
  const thinking = objectAt(fields(body), "thinking");
  const type = stringAt(thinking, "type");
  if (behaviour.vendor !== "anthropic" || type === undefined) return undefined;
  return { type, budget: numberAt(thinking, "budget_tokens") ?? 0 };
}

function thinks(request: ConverseCheck): boolean {
  const type = claudeThinking(request)?.type;
  return type === "enabled" || type === "adaptive";
}

function interleaved(body: JsonObject): boolean {
  return arrayAt(fields(body), "anthropic_beta").some((beta) => String(beta).startsWith("interleaved-thinking"));
}

/** Rules of the request fields that turn thinking on. */
export const thinkingRules: readonly ConverseRule[] = [
  {
    id: "thinking-enabled-unsupported",
    refuses: "`thinking.type: enabled` on the models that think adaptively only.",
    provenance: reported("earendil-works/pi#7081"),
    check: (request) =>
      claudeThinking(request)?.type === "enabled" && request.behaviour.thinking?.request === "adaptive"
        ? `${fromModel}"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.`
        : undefined,
  },
  {
    id: "thinking-adaptive-unsupported",
    refuses: "`thinking.type: adaptive` before Claude 4.6.",
    provenance: assumed,
    check: (request) =>
      claudeThinking(request)?.type === "adaptive" && request.behaviour.thinking?.request === "budget"
        ? `${fromModel}adaptive thinking is not supported on this model`
        : undefined,
  },
  {
    id: "thinking-unsupported",
    refuses: "`thinking` on a Claude model without it.",
    provenance: assumed,
    check: (request) =>
      thinks(request) && !request.behaviour.thinking
        ? `${fromModel}thinking: Extra inputs are not permitted`
        : undefined,
  },
  {
    id: "thinking-disabled-unsupported",
    refuses: "`thinking.type: disabled` on Opus 4.7, where it is to be left out.",
    provenance: documented(adaptiveThinkingPage),
    check: (request) =>
      claudeThinking(request)?.type === "disabled" &&
      request.behaviour.thinking?.request === "adaptive" &&
      !request.behaviour.thinking.byDefault
        ? `${fromModel}"thinking.type.disabled" is not supported for this model.`
        : undefined,
  },
  {
    id: "thinking-effort-inside",
    refuses: "`effort` inside `thinking`; it belongs into `output_config`.",
    provenance: documented(adaptiveThinkingPage),
    check: (request) => {
      const thinking = claudeThinking(request);
      return thinking && objectAt(fields(request.body), "thinking")["effort"] !== undefined
        ? `${fromModel}thinking.${thinking.type}.effort: Extra inputs are not permitted`
        : undefined;
    },
  },
  {
    id: "thinking-budget-minimum",
    refuses: "A thinking budget of less than 1024 tokens.",
    provenance: reported("danny-avila/LibreChat#8346"),
    check: (request) => {
      const thinking = claudeThinking(request);
      return thinking?.type === "enabled" && thinking.budget < minBudget
        ? `${fromModel}thinking.enabled.budget_tokens: Input should be greater than or equal to ${minBudget}`
        : undefined;
    },
  },
  {
    id: "thinking-budget-over-max-tokens",
    refuses: "A thinking budget that is not below maxTokens, without the interleaved-thinking beta.",
    provenance: reported("vercel/ai#7927"),
    check: (request) => {
      const thinking = claudeThinking(request);
      const maxTokens = numberAt(objectAt(request.body, "inferenceConfig"), "maxTokens");
      return thinking?.type === "enabled" &&
        maxTokens !== undefined &&
        maxTokens <= thinking.budget &&
        !interleaved(request.body)
        ? `${fromModel}\`max_tokens\` must be greater than \`thinking.budget_tokens\`. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking#max-tokens-and-context-window-size`
        : undefined;
    },
  },
  {
    id: "thinking-temperature",
    refuses: "A temperature other than 1 while thinking.",
    provenance: reported("Aider-AI/aider#3720"),
    check: (request) => {
      const temperature = numberAt(objectAt(request.body, "inferenceConfig"), "temperature");
      return thinks(request) && temperature !== undefined && temperature !== 1
        ? `${fromModel}\`temperature\` may only be set to 1 when thinking is enabled. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking#important-considerations-when-using-extended-thinking`
        : undefined;
    },
  },
  {
    id: "thinking-forced-tool",
    refuses: "A forced tool while thinking, but on the models that think unasked.",
    provenance: reported("strands-agents/harness-sdk#1490"),
    check: (request) => {
      const choice = objectAt(objectAt(request.body, "toolConfig"), "toolChoice");
      const unasked = request.behaviour.thinking?.byDefault === true;
      return !unasked && thinks(request) && (choice["any"] !== undefined || choice["tool"] !== undefined)
        ? `${fromModel}Thinking may not be enabled when tool_choice forces tool use.`
        : undefined;
    },
  },
  {
    id: "nova-effort-missing",
    refuses: "Nova 2's reasoning enabled without an effort.",
    provenance: documented(novaThinkingPage),
    check: ({ body, behaviour }) => {
      const config = objectAt(fields(body), "reasoningConfig");
      const effort = stringAt(config, "maxReasoningEffort") ?? "";
      return behaviour.thinking?.request === "reasoning-config-object" &&
        config["type"] === "enabled" &&
        !["low", "medium", "high"].includes(effort)
        ? `${fromModel}Malformed input request: #/reasoningConfig/maxReasoningEffort: ${effort} is not a valid enum value, please reformat your input and try again.`
        : undefined;
    },
  },
  {
    id: "nova-high-effort",
    refuses: "temperature, topP or maxTokens with Nova 2's high effort.",
    provenance: documented(novaThinkingPage),
    check: ({ body, behaviour }) => {
      const config = objectAt(fields(body), "reasoningConfig");
      const set = ["temperature", "topP", "maxTokens"].find(
        (name) => objectAt(body, "inferenceConfig")[name] !== undefined,
      );
      return behaviour.thinking?.request === "reasoning-config-object" &&
        config["type"] === "enabled" &&
        config["maxReasoningEffort"] === "high" &&
        set
        ? `${fromModel}${set} must be unset when maxReasoningEffort is high.`
        : undefined;
    },
  },
  {
    id: "gpt-oss-effort",
    refuses: "A reasoning_effort of gpt-oss that is not low, medium or high.",
    provenance: assumed,
    check: ({ body, behaviour }) => {
      const effort = fields(body)["reasoning_effort"];
      return behaviour.vendor === "openai" &&
        effort !== undefined &&
        !["low", "medium", "high"].includes(String(effort))
        ? `${fromModel}Failed to deserialize the JSON body into the target type: reasoning_effort: unknown variant \`${String(effort)}\`, expected one of \`low\`, \`medium\`, \`high\``
        : undefined;
    },
  },
];
