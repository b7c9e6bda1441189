import { optIn } from "../config/opt-in.ts";
import type { HostProvider, RuntimeAuthContext, WrapStreamContext } from "../host-types.ts";
import { MANTLE } from "../ids.ts";
import { dynamicMantleModel } from "../models/dynamic-model.ts";
import type { RunningHost } from "../running-host.ts";
import { mantleTurn } from "../turn/mantle-turn.ts";
import { renewingToken } from "../turn/renewing-token.ts";
import { advisory } from "./advisory.ts";
import { sharedHooks } from "./shared-hooks.ts";

/** The host asks for a key before it asks this plugin for a token, and sees only variables, shared files and its config. */
const NO_CREDENTIALS = [
  "No AWS credentials for Bedrock Mantle were found.",
  "Set AWS_BEARER_TOKEN_BEDROCK, AWS_PROFILE, or AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY;",
  "on an instance role set plugins.entries.amazon-bedrock.config.mantle.discovery.enabled to true.",
].join(" ");

/** What the host asked a token with last, by provider: the next registration of the plugin must know it, too. */
const asked = new Map<string, RuntimeAuthContext>();

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
    wrapStreamFn: (context) =>
      mantleTurn(
        host,
        renewingToken(context, (refused) => otherToken(host, context, refused)),
      ),
    buildMissingAuthMessage: () => NO_CREDENTIALS,
    async prepareRuntimeAuth(context) {
      asked.set(context.provider, context);
      const { mantleAuth } = await import("../turn/mantle-auth.ts");
      return mantleAuth({ ...context, config: host.config(context.config) });
    },
  };
}

/** A new token where one was refused; undefined where it was given, not made. */
async function otherToken(
  host: RunningHost,
  { provider }: WrapStreamContext,
  refused: string | undefined,
): Promise<string | undefined> {
  const last = asked.get(provider);
  if (!last) return undefined;
  const { mantleAuth } = await import("../turn/mantle-auth.ts");
  const { apiKey } = await mantleAuth({ ...last, config: host.config(last.config) }, true);
  return apiKey === refused ? undefined : apiKey;
}
