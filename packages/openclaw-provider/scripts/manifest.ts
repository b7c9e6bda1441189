import { configSchema } from "../src/config/schema.ts";
import { BEDROCK, BEDROCK_ALIASES, COMMAND, EMBEDDINGS, MANTLE } from "../src/ids.ts";

interface SchemaNode {
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}

/** Any of these tells the host that there may be AWS credentials; which ones are used is the AWS SDK's decision. */
const CREDENTIAL_VARIABLES = [
  "AWS_BEARER_TOKEN_BEDROCK",
  "AWS_ACCESS_KEY_ID",
  "AWS_PROFILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];

/** Files that tell the same. */
const SHARED_FILES = {
  type: "local-file-with-env",
  fileEnvVar: "AWS_SHARED_CREDENTIALS_FILE",
  fallbackPaths: ["credentials", "config"].map((file) => `\${HOME}/.aws/${file}`),
  credentialMarker: "aws-shared-files",
  source: "AWS shared config",
};

/** `openclaw.plugin.json`: what the host reads without loading the plugin. */
export function pluginManifest(): object {
  return {
    id: BEDROCK,
    name: "Amazon Bedrock",
    description:
      "Amazon Bedrock models: Converse streaming, Bedrock Mantle, discovery, guardrails and embeddings for memory search.",
    categories: ["models"],
    // An entry of another name that is called by Converse owns no plugin by its name.
    activation: { onStartup: false, onCommands: [COMMAND], onConfigPaths: ["models.providers"] },
    commandAliases: [{ name: COMMAND, kind: "cli" }],
    providers: [BEDROCK, MANTLE],
    providerAuthAliases: Object.fromEntries(BEDROCK_ALIASES.map((alias) => [alias, BEDROCK])),
    modelCatalog: {
      aliases: { bedrock: { provider: BEDROCK } },
      discovery: { [BEDROCK]: "runtime", [MANTLE]: "runtime" },
    },
    // So that the catalogs are asked where no variable tells of credentials; the plugin's own gate decides then.
    syntheticAuthRefs: [BEDROCK, MANTLE],
    // With a setup entry of its own, the host would not ask the plugin about Mantle's credentials before a turn.
    setup: {
      requiresRuntime: false,
      providers: [
        { id: BEDROCK, envVars: CREDENTIAL_VARIABLES, authEvidence: [SHARED_FILES] },
        { id: MANTLE, envVars: CREDENTIAL_VARIABLES, authEvidence: [SHARED_FILES] },
      ],
    },
    doctorContract: { configRepair: true },
    configContracts: { compatibilityMigrationPaths: ["models.bedrockDiscovery", "model"] },
    contracts: { embeddingProviders: [EMBEDDINGS] },
    configSchema,
    uiHints: uiHintsOf(configSchema),
  };
}

function uiHintsOf(node: SchemaNode, path = ""): Record<string, { label?: string; help?: string }> {
  return Object.assign(
    {},
    ...Object.entries(node.properties ?? {}).map(([key, child]) => {
      const childPath = path ? `${path}.${key}` : key;
      const hint = {
        ...(child.title && { label: child.title }),
        ...(child.description && { help: child.description }),
      };
      return { [childPath]: hint, ...uiHintsOf(child, childPath) };
    }),
  );
}
