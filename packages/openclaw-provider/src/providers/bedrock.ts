import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import { optIn } from "../config/opt-in.ts";
import { noteAnswer, noteError } from "../errors/note-error.ts";
import { observed } from "../host-adapter.ts";
import type { HostProvider } from "../host-types.ts";
import { BEDROCK, BEDROCK_ALIASES, BEDROCK_API } from "../ids.ts";
import { dynamicModel } from "../models/dynamic-model.ts";
import type { RunningHost } from "../running-host.ts";
import { advisory } from "./advisory.ts";
import { sharedHooks } from "./shared-hooks.ts";

/** The provider of models that are called through Converse. The AWS SDK is loaded by the first call that needs it. */
export function bedrockProvider(host: RunningHost): HostProvider {
  return {
    ...sharedHooks,
    id: BEDROCK,
    label: "Amazon Bedrock",
    docsPath: "/providers/bedrock",
    // The last is how entries of other names in models.providers say that their models are called by Converse.
    hookAliases: [...BEDROCK_ALIASES, BEDROCK_API],
    catalog: {
      order: "simple",
      run: (context) =>
        advisory(host.logger, "Bedrock models were not listed", async () => {
          const { listingSettings } = await import("../catalog/gate.ts");
          const settings = listingSettings(BEDROCK, context);
          if (!settings) return null;
          const { bedrockCatalog } = await import("../catalog/bedrock-catalog.ts");
          return { providers: { [BEDROCK]: await bedrockCatalog(settings, context, host) } };
        }),
    },
    resolveDynamicModel: dynamicModel,
    resolveSyntheticAuth: optIn,
    createStreamFn:
      ({ config }) =>
      async (model, context, options) => {
        const { converseTurn } = await import("../turn/converse-turn.ts");
        const stream = converseTurn(host, host.config(config), model, context, options);
        const turn = { session: options?.sessionId, provider: model.provider, model: model.id };
        return observed(stream, {
          failed: (message) => noteError(host.logger, message, turn),
          answered: () => noteAnswer(turn),
        });
      },
    isCacheTtlEligible: ({ modelId }) => capabilitiesOf(parseModelRef(modelId)).promptCaching.value.supported,
  };
}
