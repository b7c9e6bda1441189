import { parseModelRef } from "@clawrock/model-capabilities";
import { BEDROCK } from "../ids.ts";
import { type ConfigMigration, objectAt } from "./config-migration.ts";

/**
 * Moves a Bedrock model at the top of the config, where an older page of the documentation put the default one, to where
 * it is read. A default model that is set stays.
 */
export const migrateDefaultModel: ConfigMigration = (config) => {
  const { model, ...rest } = config as typeof config & { readonly model?: unknown };
  if (typeof model !== "string" || !isBedrock(model)) return null;
  const agents = objectAt(config, "agents");
  const defaults = objectAt(agents, "defaults");
  if (defaults["model"] !== undefined) {
    return { config: rest, changes: ["Removed model: agents.defaults.model is set and stayed."] };
  }
  const primary = model.startsWith(`${BEDROCK}/`) ? model : `${BEDROCK}/${model}`;
  return {
    config: { ...rest, agents: { ...agents, defaults: { ...defaults, model: { primary } } } },
    changes: [`Moved model to agents.defaults.model.primary as ${primary}.`],
  };
};

/** Whether an id can only be one of Bedrock's: with a vendor, or an ARN. */
function isBedrock(model: string): boolean {
  const ref = parseModelRef(model);
  if (ref.kind === "foundation-model") return ref.model.vendor !== undefined;
  return ref.kind !== "unknown";
}
