import { arrayAt, type JsonObject, numberAt, objectAt } from "../json.ts";
import { assumed, reported } from "../refusals/provenance.ts";
import { type ConverseRule, fromModel } from "./rule.ts";

function inference(body: JsonObject): JsonObject {
  return objectAt(body, "inferenceConfig");
}

/** Fields of a model's own request that may stand in `additionalModelRequestFields`. */
const claudeFields = [
  "thinking",
  "top_k",
  "anthropic_beta",
  "output_config",
  "metadata",
  "tools",
  "tool_choice",
  "context_management",
  "service_tier",
  "container",
  "stop_sequences",
];

/** Rules of sampling and lengths. */
export const samplingRules: readonly ConverseRule[] = [
  {
    id: "max-tokens",
    refuses: "More maxTokens than the model gives.",
    provenance: reported("langgenius/dify#10390"),
    check: ({ body, behaviour }) =>
      (numberAt(inference(body), "maxTokens") ?? 0) > behaviour.maxOutput
        ? `The maximum tokens you requested exceeds the model limit of ${behaviour.maxOutput}. Try again with a maximum tokens value that is lower than ${behaviour.maxOutput}.`
        : undefined,
  },
  {
    id: "stop-sequences-unsupported",
    refuses: "Stop sequences on a model without them.",
    provenance: reported("crewAIInc/crewAI#3317"),
    check: ({ body, behaviour }) =>
      !behaviour.stopSequences && arrayAt(inference(body), "stopSequences").length > 0
        ? "This model doesn't support the stopSequences field. Remove stopSequences and try again."
        : undefined,
  },
  {
    id: "samplers-deprecated",
    refuses: "temperature, topP or top_k on the Claude models without samplers.",
    provenance: reported("cline/cline#10572"),
    check: ({ body, behaviour }) => {
      if (behaviour.samplers !== "none") return undefined;
      const { temperature, topP } = inference(body);
      const top_k = objectAt(body, "additionalModelRequestFields")["top_k"];
      const name =
        temperature !== undefined
          ? "temperature"
          : topP !== undefined
            ? "top_p"
            : top_k !== undefined
              ? "top_k"
              : undefined;
      return name ? `${fromModel}\`${name}\` is deprecated for this model.` : undefined;
    },
  },
  {
    id: "samplers-both",
    refuses: "temperature and topP together, on the Claude models that take one.",
    provenance: reported("BerriAI/litellm#15070"),
    check: ({ body, behaviour }) => {
      const { temperature, topP } = inference(body);
      return behaviour.samplers === "one" && temperature !== undefined && topP !== undefined
        ? `${fromModel}\`temperature\` and \`top_p\` cannot both be specified for this model. Please use only one.`
        : undefined;
    },
  },
  {
    id: "unknown-claude-field",
    refuses: "A field in additionalModelRequestFields that Claude does not know.",
    provenance: assumed,
    check: ({ body, behaviour }) => {
      const unknown = behaviour.vendor === "anthropic" ? unknownField(body, claudeFields) : undefined;
      return unknown && `${fromModel}${unknown}: Extra inputs are not permitted`;
    },
  },
  {
    id: "unknown-model-field",
    refuses:
      "A field in additionalModelRequestFields that Titan, Llama or Mistral does not know (Nova takes any, as recorded).",
    provenance: reported("aws-samples/amazon-bedrock-client-for-mac#114"),
    check: ({ body, behaviour, model }) => {
      if (!["amazon", "meta", "mistral"].includes(behaviour.vendor) || model.modelId.startsWith("amazon.nova")) {
        return undefined;
      }
      const unknown = unknownField(body, ["top_k", "textGenerationConfig"]);
      return (
        unknown &&
        `${fromModel}Malformed input request: #: extraneous key [${unknown}] is not permitted, please reformat your input and try again.`
      );
    },
  },
  {
    id: "prompt-too-long",
    refuses: "An input longer than the context window.",
    provenance: reported("continuedev/continue#9592"),
    check: ({ behaviour, inputTokens }) => {
      if (inputTokens <= behaviour.contextWindow) return undefined;
      return behaviour.vendor === "anthropic"
        ? `${fromModel}prompt is too long: ${inputTokens} tokens > ${behaviour.contextWindow} maximum`
        : `${fromModel}Input is too long for requested model.`;
    },
  },
  {
    id: "input-and-output-too-long",
    refuses: "An input that leaves less than maxTokens of the context window, on Claude.",
    provenance: reported("RooCodeInc/Roo-Code#3713"),
    check: ({ body, behaviour, inputTokens }) => {
      const maxTokens = numberAt(inference(body), "maxTokens") ?? 0;
      return behaviour.vendor === "anthropic" && inputTokens + maxTokens > behaviour.contextWindow
        ? `${fromModel}input length and \`max_tokens\` exceed context limit: ${inputTokens} + ${maxTokens} > ${behaviour.contextWindow}, decrease input length or \`max_tokens\` and try again`
        : undefined;
    },
  },
];

function unknownField(body: JsonObject, known: readonly string[]): string | undefined {
  return Object.keys(objectAt(body, "additionalModelRequestFields")).find((name) => !known.includes(name));
}
