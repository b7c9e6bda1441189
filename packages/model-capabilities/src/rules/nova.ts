import type { InputModality, ModelName, OutputModality } from "../types.ts";
import { FEATURES, LISTED, userGuide } from "./sources.ts";
import {
  AUTO_TOOLS,
  byRule,
  type FamilyRules,
  FULL_SAMPLING,
  limits,
  notConversational,
  type RuleSource,
  type Traits,
} from "./traits.ts";

/** Amazon Nova: text (1 and 2), speech, images, video and embeddings. */
export const NOVA: FamilyRules = { family: "nova", holds: (name) => name.startsWith("nova-"), traits };

const THINKING = "https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html";

const EMBEDDINGS: RuleSource = { url: "https://docs.aws.amazon.com/nova/latest/userguide/embeddings-schema.html" };

function traits(model: ModelName): Traits {
  const { name } = model;
  if (name.includes("embed")) return embeddings(name);
  if (name.includes("canvas")) return media(["text", "image"], ["image"]);
  if (name.includes("reel")) return media(["text", "image"], ["video"]);
  if (name.includes("sonic")) return media(["audio"], ["speech", "text"]);
  return text(name);
}

function text(name: string): Traits {
  const first = /^nova-(micro|lite|pro|premier)/.exec(name)?.[1];
  const textOnly = first === "micro";
  return {
    ...sizes(first),
    input: byRule(
      "nova but micro sees images, documents and video",
      textOnly ? ["text"] : ["text", "image", "document", "video"],
      LISTED,
    ),
    output: byRule("nova writes text", ["text"], LISTED),
    reasoning:
      first === undefined
        ? byRule(
            "nova 2 reasons when asked, with an effort",
            {
              mode: "effort",
              request: "nova-reasoning-config",
              levels: ["low", "medium", "high"],
              whenOmitted: "off",
              off: "omit",
              bareLevels: ["high"],
              signed: false,
              replay: "text",
            },
            { url: THINKING },
          )
        : byRule("nova 1 does not reason", {
            mode: "none",
            whenOmitted: "off",
            off: "omit",
            signed: false,
            replay: "text",
          }),
    sampling: byRule(
      "nova takes temperature, topP and topK",
      { ...FULL_SAMPLING, topK: "inferenceConfig.topK" },
      {
        url: "https://docs.aws.amazon.com/nova/latest/userguide/prompting-tool-troubleshooting.html",
      },
    ),
    tools: byRule(
      "nova tools",
      { ...AUTO_TOOLS, choice: ["auto", "any", "tool"], imagesInResults: !textOnly, schemaWithoutDefs: true },
      { url: "https://docs.aws.amazon.com/nova/latest/userguide/tool-choice.html" },
    ),
    promptCaching: byRule(
      "nova caches system and messages",
      { supported: true, fields: ["system", "messages"], ttls: ["5m"], minTokens: 1000, maxPoints: 4 },
      { url: userGuide("prompt-caching") },
    ),
    mediaRules: byRule(
      "nova reads media from S3, and PDF and DOCX of any size",
      { s3: textOnly ? [] : ["image", "document", "video"], unlimitedDocuments: textOnly ? [] : ["pdf", "docx"] },
      { url: userGuide("inference-api-restrictions") },
    ),
    latencyOptimized: byRule("only Pro of nova is latency-optimised", first === "pro", {
      url: userGuide("latency-optimized-inference"),
    }),
    systemPrompt: byRule("nova takes a system prompt", true, FEATURES),
    invocation: byRule(
      "nova 1 but premier on demand or by profile; premier and nova 2 by profile",
      {
        onDemand: first !== undefined && first !== "premier",
        byProfile: true,
      },
      LISTED,
    ),
  };
}

function sizes(first: string | undefined): Traits {
  switch (first) {
    case "micro":
      return limits("nova micro", 128_000, 10_000);
    case "lite":
    case "pro":
      return limits("nova lite and pro", 300_000, 10_000);
    case "premier":
      return limits("nova premier", 1_000_000, 10_000);
    default:
      return limits("nova 2", 1_000_000, 64_000);
  }
}

function media(input: readonly InputModality[], output: readonly OutputModality[]): Traits {
  return {
    ...notConversational("nova media models do not converse"),
    input: byRule("nova media input", input, LISTED),
    output: byRule("nova media output", output, LISTED),
    invocation: byRule("nova media models are invoked on demand", { onDemand: true, byProfile: false }, LISTED),
  };
}

function embeddings(name: string): Traits {
  return {
    ...notConversational("nova embeddings do not converse"),
    input: byRule("nova embeddings input", ["text", "image", "document", "video", "audio"], EMBEDDINGS),
    output: byRule("nova embeddings output", ["embedding"], EMBEDDINGS),
    contextWindow: byRule("nova embeddings", 8192, EMBEDDINGS),
    embedding: byRule(
      "nova 2 multimodal embeddings",
      { request: "nova-2-multimodal", dimensions: [1024, 256, 384, 3072], maxInputTokens: 8192, maxBatch: 1 },
      name.startsWith("nova-2-") ? EMBEDDINGS : { ...EMBEDDINGS, assumed: true },
    ),
    invocation: byRule("nova embeddings are invoked on demand", { onDemand: true, byProfile: false }, LISTED),
  };
}
