import type { ConfigMigration } from "./config-migration.ts";
import { migrateDefaultModel } from "./default-model.ts";
import { migrateLegacyDiscovery } from "./legacy-discovery.ts";

const MIGRATIONS: readonly ConfigMigration[] = [migrateLegacyDiscovery, migrateDefaultModel];

/** The config with everything moved to where this host reads it, and a line for each move. */
export function normalizeCompatibilityConfig({ cfg }: { readonly cfg: object }): {
  config: object;
  changes: string[];
} {
  return MIGRATIONS.reduce<{ config: object; changes: string[] }>(
    ({ config, changes }, migrate) => {
      const migrated = migrate(config);
      return migrated ? { config: migrated.config, changes: [...changes, ...migrated.changes] } : { config, changes };
    },
    { config: cfg, changes: [] },
  );
}
