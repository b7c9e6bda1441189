import { BEDROCK } from "../ids.ts";
import { type ConfigMigration, type Data, isObject, objectAt } from "./config-migration.ts";

const FROM = "models.bedrockDiscovery";
const TO = `plugins.entries.${BEDROCK}.config.discovery`;

/**
 * Moves the discovery settings of releases before there were plugins to the plugin's own entry. What already stands there
 * wins, key by key.
 */
export const migrateLegacyDiscovery: ConfigMigration = (config) => {
  const { bedrockDiscovery: legacy, ...models } = objectAt(config, "models");
  if (legacy === undefined) return null;
  const plugins = objectAt(config, "plugins");
  const entries = objectAt(plugins, "entries");
  const entry = objectAt(entries, BEDROCK);
  const settings = objectAt(entry, "config");
  const present = objectAt(settings, "discovery");
  const moved = isObject(legacy) ? legacy : {};
  const discovery = { ...moved, ...present };
  const migrated = {
    ...config,
    models,
    plugins: {
      ...plugins,
      entries: { ...entries, [BEDROCK]: { ...entry, config: { ...settings, discovery } } },
    },
  };
  return { config: migrated, changes: changesOf(moved, present) };
};

function changesOf(moved: Data, present: Data): string[] {
  const kept = Object.keys(moved).filter((key) => key in present && moved[key] !== present[key]);
  const lost = kept.length > 0 ? `, where ${kept.join(", ")} ${kept.length > 1 ? "were" : "was"} set and stayed` : "";
  return [`Moved ${FROM} to ${TO}${lost}.`];
}
