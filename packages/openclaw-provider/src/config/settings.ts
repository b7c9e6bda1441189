import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import { BedrockError } from "@clawrock/conversation";
import type { HostConfig } from "../host-types.ts";
import { BEDROCK, MANTLE } from "../ids.ts";
import { configSchema, type MantleConfig, mantleConfigSchema, type PluginConfig } from "./schema.ts";

export interface DiscoverySettings {
  /** Undefined: decide by the credential markers of the environment. */
  readonly enabled: boolean | undefined;
  readonly region: string | undefined;
  readonly refreshIntervalMs: number;
}

type Guardrail = NonNullable<PluginConfig["guardrail"]>;

/** The configuration with its defaults filled in. */
export interface Settings {
  readonly discovery: DiscoverySettings & {
    readonly providers: readonly string[];
    readonly defaultContextWindow: number;
    readonly defaultMaxTokens: number;
  };
  readonly mantle: DiscoverySettings;
  /** As the user wrote it; the guardrails package parses it. */
  readonly guardrail: Omit<Guardrail, "guardedSpans"> | undefined;
  /** What the guardrail judges. Undefined: what the service judges by itself. */
  readonly guardedSpans: Guardrail["guardedSpans"];
}

/** Where the user wrote it, for error messages. */
export const CONFIG_PATH: string = `plugins.entries.${BEDROCK}.config`;
const MANTLE_PATH = `plugins.entries.${MANTLE}.config`;

const defaults = {
  discovery: configSchema.properties.discovery.properties,
  mantle: mantleConfigSchema.properties.discovery.properties,
};

const plugins = validatorOf(configSchema);
const mantles = validatorOf(mantleConfigSchema);

/**
 * The settings in the host's config. `mantle` may also stand at `plugins.entries.amazon-bedrock-mantle.config`, where the
 * host's documentation puts it; the plugin's own entry wins field by field.
 * @throws BedrockError of kind `invalid-config` that names each wrong path.
 */
export function settingsOf(config: HostConfig | undefined): Settings {
  const entries = config?.plugins?.entries;
  const plugin = parse<PluginConfig>(entries?.[BEDROCK]?.config, plugins, CONFIG_PATH);
  const older = parse<MantleConfig>(entries?.[MANTLE]?.config, mantles, MANTLE_PATH);
  const discovery = plugin.discovery ?? {};
  const mantle = { ...older.discovery, ...plugin.mantle?.discovery };
  const { refreshInterval, defaultContextWindow, defaultMaxTokens } = defaults.discovery;
  return {
    discovery: {
      enabled: discovery.enabled,
      region: discovery.region,
      refreshIntervalMs: 1000 * (discovery.refreshInterval ?? refreshInterval.default),
      providers: discovery.providerFilter ?? [],
      defaultContextWindow: discovery.defaultContextWindow ?? defaultContextWindow.default,
      defaultMaxTokens: discovery.defaultMaxTokens ?? defaultMaxTokens.default,
    },
    mantle: {
      enabled: mantle.enabled,
      region: mantle.region ?? discovery.region,
      refreshIntervalMs: 1000 * (mantle.refreshInterval ?? defaults.mantle.refreshInterval.default),
    },
    ...guardrailOf(plugin),
  };
}

function guardrailOf({ guardrail: written }: Partial<PluginConfig>): Pick<Settings, "guardrail" | "guardedSpans"> {
  if (!written) return { guardrail: undefined, guardedSpans: undefined };
  const { guardedSpans, ...guardrail } = written;
  return { guardrail, guardedSpans };
}

function validatorOf(schema: object): Validator {
  // The validator's own type asks for mutable arrays, which `as const` takes away; it changes nothing in a schema.
  return new Validator(schema as Schema, "2020-12", false);
}

function parse<T extends object>(value: unknown, validator: Validator, path: string): Partial<T> {
  if (value === undefined || value === null) return {};
  const { valid, errors } = validator.validate(value);
  if (valid) return value;
  throw new BedrockError({
    kind: "invalid-config",
    problem: problemsOf(errors, path).join("; "),
    fix: "Correct it with `openclaw config set`, or in openclaw.json",
  });
}

/** Errors of the leaves only: the validator also reports every object on the way to them. */
function problemsOf(errors: readonly OutputUnit[], path: string): string[] {
  const leaves = errors.filter(({ keyword }) => keyword !== "properties" && keyword !== "items");
  return leaves.map(({ instanceLocation, error }) => {
    const where = instanceLocation.replace(/^#/u, "").replaceAll("/", ".");
    return `${path}${where}: ${error.replace(/\.$/u, "")}`;
  });
}
