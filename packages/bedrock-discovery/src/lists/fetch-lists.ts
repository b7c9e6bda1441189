import type { AwsSession } from "@clawrock/aws-auth";
import { type BedrockError, toBedrockError } from "@clawrock/conversation";
import type { DiscoverModelsOptions, DiscoveryList, DiscoveryWarning } from "../types.ts";
import { type ListedModel, listFoundationModels } from "./list-foundation-models.ts";
import { type ListedProfile, listInferenceProfiles } from "./list-inference-profiles.ts";
import { listOwnModels, OWN_LISTS, type OwnModel } from "./list-own-models.ts";
import { actionOf, bothFailed, lateError, listWarning } from "./warnings.ts";

/** The lists of a region. */
export interface Lists {
  readonly region: string;
  /** Undefined if they could not be listed. */
  readonly models: readonly ListedModel[] | undefined;
  /** Undefined if none could be listed. */
  readonly profiles: readonly ListedProfile[] | undefined;
  readonly own: readonly OwnModel[];
  readonly warnings: readonly DiscoveryWarning[];
}

export interface FetchOptions extends Pick<DiscoverModelsOptions, "include" | "signal"> {
  readonly timeoutMs: number;
  readonly maxPages: number;
}

/**
 * Gets all lists at the same time through the session's connections.
 * @throws BedrockError if both models and profiles fail and nothing was listed; the signal's reason if the caller aborted.
 */
export async function fetchLists(aws: AwsSession, options: FetchOptions): Promise<Lists> {
  const { timeoutMs, maxPages, signal, include = [] } = options;
  signal?.throwIfAborted();
  const config = configOf(aws);
  const { BedrockClient } = await import("@aws-sdk/client-bedrock");
  const client = new BedrockClient(config);
  const budget = AbortSignal.timeout(timeoutMs);
  const until = signal ? AbortSignal.any([budget, signal]) : budget;
  const wanted = OWN_LISTS.filter(({ kind }) => include.some((each) => each === OWN_WORDS[kind]));
  const [models, system, application, ...own] = await Promise.all([
    listFoundationModels(client, until),
    listInferenceProfiles(client, "SYSTEM_DEFINED", maxPages, until),
    listInferenceProfiles(client, "APPLICATION", maxPages, until),
    ...wanted.map((list) => listOwnModels(list, client, maxPages, until)),
  ]);
  client.destroy();
  signal?.throwIfAborted();

  const { region } = config;
  const explained = (list: DiscoveryList, reason: unknown): BedrockError | undefined => {
    if (reason === undefined) return undefined;
    const action = actionOf(list);
    return budget.aborted && isAbort(reason)
      ? lateError(action, region, timeoutMs)
      : toBedrockError(reason, { action, region });
  };
  const profiles = [...system.rows, ...application.rows];
  const modelError = explained("foundation-models", models.error);
  const profileError = explained("inference-profiles", system.error ?? application.error);
  const noProfiles = system.error !== undefined && application.error !== undefined && profiles.length === 0;
  const ownRows = own.flatMap(({ rows }) => rows);
  if (modelError && profileError && noProfiles && ownRows.length === 0) throw bothFailed(modelError, profileError);
  return {
    region,
    models: modelError ? undefined : models.rows,
    profiles: noProfiles ? undefined : profiles,
    own: ownRows,
    warnings: [
      ...(modelError ? [listWarning("foundation-models", region, modelError, false)] : []),
      ...(profileError ? [listWarning("inference-profiles", region, profileError, !noProfiles)] : []),
      ...wanted.flatMap(({ list }, at) => {
        const error = explained(list, own[at]?.error);
        return error ? [listWarning(list, region, error, (own[at]?.rows.length ?? 0) > 0)] : [];
      }),
    ],
  };
}

/** What to say in `include` for each kind. */
const OWN_WORDS = {
  imported: "imported",
  custom: "custom",
  provisioned: "provisioned",
  "prompt router": "prompt routers",
} as const satisfies Record<OwnModel["kind"], NonNullable<DiscoverModelsOptions["include"]>[number]>;

function configOf(aws: AwsSession): ReturnType<AwsSession["clientConfig"]> {
  try {
    return aws.clientConfig("bedrock");
  } catch (error) {
    throw toBedrockError(error, { action: "Listing models" });
  }
}

function isAbort(reason: unknown): boolean {
  return reason instanceof Error && (reason.name === "AbortError" || reason.name === "TimeoutError");
}
