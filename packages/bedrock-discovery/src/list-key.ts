import manifest from "../package.json" with { type: "json" };
import { viewsOf } from "./regions.ts";
import type { DiscoverModelsOptions } from "./types.ts";

export interface ListKeyOptions extends Omit<DiscoverModelsOptions, "signal"> {
  /**
   * Whether the list is kept where other machines and people read it: then its key has the account's id, which is asked for, instead
   * of the source of the credentials. A bearer token does not tell its account and stands for itself. Default: false.
   */
  readonly shared?: boolean | undefined;
}

/**
 * The key of a list: the version that made it, where it comes from, who asks, and what is asked. Nothing in it rotates with
 * the credentials, and nothing is secret.
 *
 * @throws AwsAuthError for settings that cannot be used; with `shared` also where the credentials or the account cannot be
 *   resolved.
 */
export async function modelListKey(options: ListKeyOptions): Promise<string> {
  const { filter, include = [], shared = false, globalProfiles = "first", maxPages } = options;
  const providers = (filter?.providers ?? []).map((name) => name.trim().toLowerCase()).filter(Boolean);
  const views = viewsOf(options);
  const { aws } = options;
  const account = shared && aws.describe().kind !== "bearer";
  return JSON.stringify([
    ...["bedrock-models", manifest.version],
    views.map((view) => [view.partition, view.region.name, view.endpoint("bedrock")]),
    account ? `account:${await aws.accountId()}` : aws.sourceId(),
    [...new Set(providers)].sort(),
    [...new Set(include)].sort(),
    [globalProfiles, maxPages, options.defaultContextWindow, options.defaultMaxTokens],
  ]);
}
