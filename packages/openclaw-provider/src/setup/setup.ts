import { BEDROCK } from "../ids.ts";
import type { ConfigMigration } from "./config-migration.ts";
import { migrateDefaultModel } from "./default-model.ts";
import { migrateLegacyDiscovery } from "./legacy-discovery.ts";

interface SetupApi {
  registerConfigMigration(migrate: ConfigMigration): void;
}

export const id: string = BEDROCK;

export function register(api: SetupApi): void {
  api.registerConfigMigration(migrateLegacyDiscovery);
  api.registerConfigMigration(migrateDefaultModel);
}
