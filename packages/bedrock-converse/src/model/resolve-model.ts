import type { AwsSession } from "@clawrock/aws-auth";
import { toBedrockError } from "@clawrock/conversation";
import type { DiscoveryCache } from "@clawrock/discovery-cache";
import { baseModelId, type CapabilityOverrides, capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import type { ResolvedModel } from "../types.ts";
import { lookUpProfile } from "./look-up-profile.ts";
import { type ReadModelOptions, readModel } from "./read-model.ts";
import { sharedCapabilities } from "./shared-capabilities.ts";

export interface ResolveModelOptions extends ReadModelOptions {
  /** Who asks. The look-up goes to the region of the ARN. */
  readonly aws: AwsSession;
  /**
   * Where look-ups are kept; share it, or give it a store, to look up once for several processes. Default: one in memory for
   * each session, a day fresh and a week usable, because what a profile leads to does not change.
   */
  readonly cache?: DiscoveryCache | undefined;
  /** Ends the wait. The look-up itself ends when nobody waits for it any more. */
  readonly signal?: AbortSignal | undefined;
  /** Capabilities the caller knows better. */
  readonly overrides?: CapabilityOverrides | undefined;
}

const DAY_MS = 86_400_000;
const LIMIT_MS = 30_000;
const caches = new WeakMap<AwsSession, Promise<DiscoveryCache>>();

/** Whether an id alone does not tell the model, and GetInferenceProfile can. */
export function needsLookUp({ ref }: ResolvedModel): boolean {
  return ref.kind === "application-inference-profile";
}

/**
 * Takes a model id apart like `readModel`, and asks AWS which models an application inference profile leads to: the record
 * then holds what all of them can do. A look-up that fails is no error, for the profile may well be callable all the same: the
 * record has the defaults of a model nobody knows, and `lookUpError` says why.
 *
 * @throws BedrockError of kind `model-not-found` when the id has no known shape; the signal's reason when the caller aborts
 */
export async function resolveModel(id: string, options: ResolveModelOptions): Promise<ResolvedModel> {
  options.signal?.throwIfAborted();
  const model = withOverrides(readModel(id, options), options.overrides);
  return needsLookUp(model) ? withOverrides(await lookedUp(model, options), options.overrides) : model;
}

/** The model with what its profile leads to. */
export async function lookedUp(
  model: ResolvedModel,
  { aws, cache, signal }: Pick<ResolveModelOptions, "aws" | "cache" | "signal">,
): Promise<ResolvedModel> {
  const view = model.arnRegion === undefined ? aws : aws.in({ region: model.arnRegion });
  const load = (given: AbortSignal): Promise<readonly string[]> =>
    lookUpProfile(view, model.wireId, AbortSignal.any([given, AbortSignal.timeout(LIMIT_MS)]));
  try {
    const { value } = await (cache ?? (await cacheOf(aws))).get(`inference-profile ${model.wireId}`, load, { signal });
    return withTargets(model, value);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    const context = { action: "GetInferenceProfile", model: model.id, region: view.region.name };
    return { ...model, lookUpError: toBedrockError(error, context) };
  }
}

/** Failures are repeated for half a minute, then tried again. The cache is loaded by the first look-up. */
function cacheOf(aws: AwsSession): Promise<DiscoveryCache> {
  const cache =
    caches.get(aws) ??
    import("@clawrock/discovery-cache").then(({ createDiscoveryCache }) =>
      createDiscoveryCache({ ttl: DAY_MS, staleFor: 7 * DAY_MS, negativeTtl: 30_000, maxEntries: 1000 }),
    );
  caches.set(aws, cache);
  return cache;
}

function withTargets(model: ResolvedModel, targets: readonly string[]): ResolvedModel {
  const refs = targets.map((target) => parseModelRef(target));
  const capabilities = sharedCapabilities(refs.map((ref) => capabilitiesOf(ref)));
  const [base, ...others] = new Set(refs.map((ref) => baseModelId(ref)));
  return {
    ...model,
    capabilities: capabilities ?? model.capabilities,
    targets,
    baseId: others.length === 0 ? base : undefined,
  };
}

function withOverrides(model: ResolvedModel, overrides: CapabilityOverrides | undefined): ResolvedModel {
  if (overrides === undefined) return model;
  // Fields that the overrides name are replaced; the rest stays what the look-up found.
  const given = capabilitiesOf(model.ref, overrides);
  const fields = Object.keys(overrides).map((field) => [field, given[field as keyof typeof given]]);
  return { ...model, capabilities: { ...model.capabilities, ...Object.fromEntries(fields) } };
}
