import { optIn } from "../config/opt-in.ts";
import type { HostProvider } from "../host-types.ts";
import { MANTLE } from "../ids.ts";
import { dynamicMantleModel } from "../models/dynamic-model.ts";
import type { RunningHost } from "../running-host.ts";
import { mantleTurn } from "../turn/mantle-turn.ts";
import { advisory } from "./advisory.ts";
import { sharedHooks } from "./shared-hooks.ts";

/** The host asks for a key before it asks this plugin for a token, and sees only variables, shared files and its config. */
const NO_CREDENTIALS = [
  "No AWS credentials for Bedrock Mantle were found.",
  "Set AWS_BEARER_TOKEN_BEDROCK, AWS_PROFILE, or AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY;",
  "on an instance role set plugins.entries.amazon-bedrock.config.mantle.discovery.enabled to true.",
].join(" ");

/**
 * The provider of models behind Bedrock's OpenAI-compatible endpoint. The host streams them itself; this plugin finds the
 * models and mints the bearer token of each request.
 */
export function mantleProvider(host: RunningHost): HostProvider {
  return {
    ...sharedHooks,
    id: MANTLE,
    label: "Amazon Bedrock Mantle",
    docsPath: "/providers/bedrock-mantle",
    catalog: {
      order: "simple",
      run: (context) =>
        advisory(host.logger, "Bedrock Mantle models were not listed", async () => {
          const { listingSettings } = await import("../catalog/gate.ts");
          const settings = listingSettings(MANTLE, context);
          if (!settings) return null;
          const { mantleCatalog } = await import("../catalog/mantle-catalog.ts");
          return { providers: { [MANTLE]: await mantleCatalog(settings, context, host) } };
        }),
    },
    resolveDynamicModel: dynamicMantleModel,
    resolveSyntheticAuth: optIn,
    wrapStreamFn: (context) => mantleTurn(host, context),
    buildMissingAuthMessage: () => NO_CREDENTIALS,
    async prepareRuntimeAuth(context) {
      const { mantleAuth } = await import("../turn/mantle-auth.ts");
      return mantleAuth({ ...context, config: host.config(context.config) });
    },
  };
}
