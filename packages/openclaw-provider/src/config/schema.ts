import type { FromSchema } from "json-schema-to-ts";

/**
 * The plugin's configuration. The one source of the manifest's `configSchema`, of the types below, of the validation in
 * `settings.ts` and of the table in the README.
 */
export const configSchema = {
  type: "object",
  additionalProperties: false,
  properties: {
    discovery: {
      type: "object",
      title: "Model discovery",
      additionalProperties: false,
      properties: {
        enabled: {
          type: "boolean",
          title: "Discover models",
          description:
            "true: always. false: never. Unset: only if AWS_BEARER_TOKEN_BEDROCK, AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY, or AWS_PROFILE is set.",
        },
        region: {
          type: "string",
          minLength: 1,
          title: "Region",
          description:
            "AWS region to list and call models in. Unset: AWS_REGION, then AWS_DEFAULT_REGION, then us-east-1.",
        },
        providerFilter: {
          type: "array",
          items: { type: "string" },
          default: [],
          title: "Model vendors",
          description: 'Show only models of these vendors, for example ["anthropic", "amazon"]. Empty: all.',
        },
        refreshInterval: {
          type: "integer",
          minimum: 0,
          default: 3600,
          title: "Refresh interval",
          description: "Seconds for which a model list is kept. 0: ask every time.",
        },
        defaultContextWindow: {
          type: "integer",
          minimum: 1,
          default: 32000,
          title: "Default context window",
          description: "Tokens; for models whose context window nobody knows.",
        },
        defaultMaxTokens: {
          type: "integer",
          minimum: 1,
          default: 4096,
          title: "Default output limit",
          description: "Tokens; for models whose output limit nobody knows.",
        },
      },
    },
    guardrail: {
      type: "object",
      title: "Guardrail",
      additionalProperties: false,
      required: ["guardrailIdentifier", "guardrailVersion"],
      properties: {
        guardrailIdentifier: {
          type: "string",
          minLength: 1,
          title: "Guardrail",
          description: "Guardrail id, or its ARN.",
        },
        guardrailVersion: {
          type: "string",
          minLength: 1,
          title: "Guardrail version",
          description: 'A published version number, or "DRAFT".',
        },
        streamProcessingMode: {
          type: "string",
          enum: ["sync", "async"],
          title: "Stream processing",
          description: "sync holds text back until it is checked; async checks behind it. Unset: Bedrock's default.",
        },
        trace: {
          type: "string",
          enum: ["enabled", "disabled", "enabled_full"],
          title: "Trace",
          description: "What a guardrail's trace holds. Unset: none.",
        },
        guardedSpans: {
          type: "object",
          title: "What is judged",
          description:
            "Which parts of a conversation the guardrail judges. Unset: all messages, without tools' results.",
          additionalProperties: false,
          properties: {
            user: {
              type: "string",
              enum: ["latest", "all", "none"],
              default: "latest",
              title: "What the user said",
              description: "What the user said: last, ever, or not at all. Unset guardedSpans: ever.",
            },
            toolResults: {
              type: "string",
              enum: ["latest", "all", "none"],
              default: "none",
              title: "What tools gave back",
              description: "What tools gave back: since the user last said something, ever, or not at all.",
            },
            system: {
              type: "boolean",
              default: false,
              title: "System prompt",
              description: "The system prompt, whose words a filter of prompt attacks often takes for one.",
            },
            grounding: {
              type: "string",
              enum: ["tool-results"],
              title: "Grounding",
              description:
                "For contextual grounding: what tools gave back is the source, the user's words the question.",
            },
          },
        },
      },
    },
    mantle: {
      type: "object",
      title: "Bedrock Mantle",
      additionalProperties: false,
      properties: {
        discovery: {
          type: "object",
          title: "Mantle discovery",
          additionalProperties: false,
          properties: {
            enabled: {
              type: "boolean",
              title: "Discover Mantle models",
              description: "As discovery.enabled, for Mantle. false also stops the minting of tokens for discovery.",
            },
            region: {
              type: "string",
              minLength: 1,
              title: "Mantle region",
              description: "AWS region of the Mantle endpoint. Unset: as discovery.region.",
            },
            refreshInterval: {
              type: "integer",
              minimum: 0,
              default: 3600,
              title: "Mantle refresh interval",
              description: "Seconds for which the Mantle model list is kept. 0: ask every time.",
            },
          },
        },
      },
    },
  },
} as const;

/** `plugins.entries.amazon-bedrock.config` as the user writes it. */
export type PluginConfig = FromSchema<typeof configSchema, AsWritten>;

/** What has a default may be left out. */
type AsWritten = { keepDefaultedPropertiesOptional: true };

/** `plugins.entries.amazon-bedrock-mantle.config`, the older place of the Mantle settings. */
export const mantleConfigSchema: (typeof configSchema)["properties"]["mantle"] = configSchema.properties.mantle;
export type MantleConfig = FromSchema<typeof mantleConfigSchema, AsWritten>;
