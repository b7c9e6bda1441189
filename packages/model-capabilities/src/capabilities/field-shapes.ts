import type { CapabilityOverrides } from "./overrides.ts";
import { COUNT, COUNT_OR_NONE, FLAG, listOf, oneOf, RATE, record, type Shape, someOf, TEXT, within } from "./shapes.ts";

type FieldShapes = Readonly<Record<keyof CapabilityOverrides, Shape>>;

let made: FieldShapes | undefined;

/** The shape of each field's value, after `ModelCapabilities`; made when the first override is checked. */
export function fieldShapes(): FieldShapes {
  made ??= makeFieldShapes();
  return made;
}

const LEVELS = ["minimal", "low", "medium", "high", "xhigh", "max"];

function makeFieldShapes(): FieldShapes {
  const level = oneOf(...LEVELS);
  const rates = { input: RATE, output: RATE };
  const cacheRates = { cacheRead: RATE, cacheWrite5m: RATE, cacheWrite1h: RATE };
  return {
    displayName: TEXT,
    contextWindow: COUNT,
    maxOutputTokens: COUNT,
    input: someOf(["text", "image", "document", "video", "audio"]),
    output: someOf(["text", "image", "video", "embedding", "speech"]),
    reasoning: record(
      {
        mode: oneOf("none", "budget", "adaptive", "effort", "always"),
        whenOmitted: oneOf("off", "on"),
        off: oneOf("omit", "disabled", "no"),
        signed: FLAG,
        replay: oneOf("signed", "text", "drop"),
      },
      {
        request: oneOf(
          "anthropic-budget",
          "anthropic-adaptive",
          "nova-reasoning-config",
          "reasoning-effort-flat",
          "reasoning-nested",
          "reasoning-config-string",
        ),
        levels: someOf(LEVELS),
        defaultLevel: level,
        offUpTo: level,
        minBudget: COUNT,
        textOnRequest: FLAG,
        interleavedBeta: TEXT,
        bareLevels: someOf(LEVELS, 0),
      },
      ({ mode, request, levels, defaultLevel, offUpTo, whenOmitted }) => {
        if (!within(levels, defaultLevel)) return ["defaultLevel", "is none of levels"];
        if (!within(levels, offUpTo)) return ["offUpTo", "is none of levels"];
        if (mode === "none" && whenOmitted === "on") return ["whenOmitted", "cannot be on where mode is none"];
        if (request === undefined && mode !== "none" && mode !== "always") {
          return ["request", `is needed where mode is ${String(mode)}`];
        }
        return undefined;
      },
    ),
    sampling: record(
      { temperature: FLAG, topP: FLAG, both: FLAG, stopSequences: FLAG, whileThinking: FLAG },
      { topK: oneOf("top_k", "inferenceConfig.topK") },
      ({ both, temperature, topP }) =>
        both === true && !(temperature === true && topP === true)
          ? ["both", "cannot be true unless temperature and topP are"]
          : undefined,
    ),
    tools: record(
      {
        supported: FLAG,
        streaming: FLAG,
        choice: someOf(["auto", "any", "tool"], 0),
        forcedChoiceRefusedWhileThinking: FLAG,
        strict: FLAG,
        imagesInResults: FLAG,
        documentsInResults: FLAG,
        mixedResults: FLAG,
        resultStatus: FLAG,
      },
      { schemaWithoutDefs: FLAG, mixedCalls: FLAG },
      ({ supported, choice }) =>
        supported === true && Array.isArray(choice) && choice.length === 0
          ? ["choice", "cannot be empty where tools are supported"]
          : undefined,
    ),
    promptCaching: record(
      {
        supported: FLAG,
        fields: someOf(["system", "messages", "tools"], 0),
        ttls: someOf(["5m", "1h"], 0),
        maxPoints: COUNT_OR_NONE,
      },
      { minTokens: COUNT },
      ({ supported, fields, ttls, maxPoints }) => {
        if (supported !== true) return undefined;
        if (Array.isArray(fields) && fields.length === 0)
          return ["fields", "cannot be empty where caching is supported"];
        if (Array.isArray(ttls) && ttls.length === 0) return ["ttls", "cannot be empty where caching is supported"];
        return maxPoints === 0 ? ["maxPoints", "cannot be 0 where caching is supported"] : undefined;
      },
    ),
    systemPrompt: FLAG,
    holdUntilStop: FLAG,
    invocation: record({ onDemand: FLAG, byProfile: FLAG }, { provisioned: FLAG }),
    embedding: record({
      request: oneOf(
        "titan-text-v1",
        "titan-text-v2",
        "titan-image",
        "nova-2-multimodal",
        "cohere-v3",
        "cohere-v4",
        "marengo-2",
        "marengo-3",
      ),
      dimensions: listOf(COUNT, "whole numbers above 0"),
      maxInputTokens: COUNT,
      maxBatch: COUNT,
    }),
    price: record(rates, {
      ...cacheRates,
      longContext: record({ ...rates, aboveInputTokens: COUNT }, cacheRates),
    }),
    mediaLimits: record({
      imageFormats: someOf(["png", "jpeg", "gif", "webp"], 0),
      maxImages: COUNT_OR_NONE,
      maxImageBytes: COUNT_OR_NONE,
      maxImagePixels: COUNT_OR_NONE,
      maxDocuments: COUNT_OR_NONE,
      maxDocumentBytes: COUNT_OR_NONE,
    }),
    mediaRules: record(
      { s3: someOf(["image", "document", "video"], 0), unlimitedDocuments: someOf(["pdf", "docx"], 0) },
      { maxPixelsOfManyImages: COUNT },
    ),
    turns: record({ leadingAssistant: FLAG, prefill: FLAG }),
    structuredOutput: FLAG,
    citations: FLAG,
    serviceTiers: someOf(["flex", "priority", "reserved"], 0),
    latencyOptimized: FLAG,
    lifecycle: oneOf("active", "legacy"),
    mantle: record(
      {
        path: oneOf("/v1", "/openai/v1", "/anthropic/v1"),
        apis: someOf(["chat", "responses", "messages"]),
      },
      {},
      ({ path, apis }) =>
        Array.isArray(apis) && apis.some((api) => (api === "messages") !== (path === "/anthropic/v1"))
          ? ["apis", "messages are answered at /anthropic/v1, and nothing else is"]
          : undefined,
    ),
  };
}
