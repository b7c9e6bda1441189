import { invalid } from "../http/service-error.ts";
import { type BehaviourName, behaviours } from "./behaviour.ts";
import type { ModelBehaviour, NativeFormatName } from "./behaviour-types.ts";
import { modelRefusal } from "./model-refusals.ts";
import { answeringFor, type OwnModel } from "./own-models.ts";
import { type ApplicationProfile, defaultApplicationProfiles, type InferenceProfile, profilesIn } from "./profiles.ts";
import { type EmbeddingFamily, type FoundationModel, foundationModels } from "./table.ts";

/** A model as one call addresses it. */
export interface AddressedModel {
  /** As the caller wrote it. */
  readonly requestedId: string;
  /** The foundation model behind it. */
  readonly modelId: string;
  readonly behaviour?: ModelBehaviour;
  readonly embedding?: EmbeddingFamily;
  readonly streaming: boolean;
  /** Takes `performanceConfig.latency: optimized`. */
  readonly latencyOptimized: boolean;
  /** Addressed by a profile or an ARN rather than by its own id. */
  readonly indirect: boolean;
}

export interface CatalogOptions {
  readonly accountId: string;
  readonly models?: readonly FoundationModel[];
  readonly applicationProfiles?: readonly ApplicationProfile[];
  readonly ownModels?: readonly OwnModel[];
  /** Takes ids that are in no table too, with their vendor's newest behaviour. */
  readonly admitAnyModel?: boolean;
}

/** The models and profiles of an emulator. */
export interface Catalog {
  readonly models: readonly FoundationModel[];
  profiles(region: string): readonly InferenceProfile[];
  /** Finds a model by id, profile id or ARN. Throws the service's refusal for one that cannot be called. */
  address(id: string, region: string): AddressedModel;
}

export function createCatalog(options: CatalogOptions): Catalog {
  const models = [...(options.models ?? []), ...foundationModels];
  const byRegion = new Map<string, readonly InferenceProfile[]>();
  const profiles = (region: string): readonly InferenceProfile[] => {
    const known = byRegion.get(region);
    if (known) return known;
    const applications = options.applicationProfiles ?? defaultApplicationProfiles;
    const made = profilesIn(region, options.accountId, models, applications);
    byRegion.set(region, made);
    return made;
  };

  const address = (id: string, region: string): AddressedModel => {
    const profile = profiles(region).find(
      (row) => row.inferenceProfileArn === id || (row.type === "SYSTEM_DEFINED" && row.inferenceProfileId === id),
    );
    const target = profile?.models[0]?.modelArn.split("/")[1];
    const own = answeringFor(options.ownModels ?? [], id, { region, accountId: options.accountId });
    const baseId = target ?? own ?? foundationArnId(id, region) ?? id;
    const model = models.find((row) => row.modelId === baseId);
    if (!model) {
      if (options.admitAnyModel) return admitted(id);
      throw invalid(modelRefusal("unknown-model"));
    }
    if (!profile && own === undefined && !model.inferenceTypesSupported.includes("ON_DEMAND")) {
      throw invalid(modelRefusal("on-demand-unsupported", id));
    }
    return {
      requestedId: id,
      modelId: model.modelId,
      streaming: model.responseStreamingSupported === true,
      latencyOptimized: model.latencyOptimized === true,
      indirect: profile !== undefined || id !== model.modelId,
      ...(model.behaviour && { behaviour: behaviours[model.behaviour] }),
      ...(model.embedding && { embedding: model.embedding }),
    };
  };

  return { models, profiles, address };
}

function foundationArnId(id: string, region: string): string | undefined {
  const match = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+)::foundation-model\/(.+)$/.exec(id);
  return match?.[1] === region ? match[2] : undefined;
}

const vendorBehaviours: readonly (readonly [RegExp, BehaviourName])[] = [
  [/anthropic\.claude-3-haiku|anthropic\.claude-3-sonnet|anthropic\.claude-3-opus/, "claude3"],
  [/anthropic\.claude-3-5/, "claude35"],
  [/anthropic\.claude-3-7/, "claude37"],
  [/anthropic\.claude-(opus|sonnet|haiku)-4-6/, "claude46"],
  [/anthropic\.claude-(opus|sonnet|haiku)-4/, "claude45"],
  [/anthropic\./, "claude47"],
  [/amazon\.titan-text/, "titanText"],
  [/amazon\.nova-2/, "nova2Lite"],
  [/amazon\.nova/, "nova"],
  [/deepseek\.r1/, "deepseekR1"],
  [/deepseek\./, "deepseekV3"],
  [/qwen\./, "qwen3"],
  [/openai\.gpt-oss/, "gptOss"],
  [/moonshot(ai)?\.kimi/, "kimiThinking"],
];

const vendorFormats: readonly (readonly [RegExp, NativeFormatName])[] = [
  [/\bmeta\./, "llama"],
  [/\bmistral\.(mistral-7b|mixtral|mistral-small|mistral-large-24)/, "mistral"],
  [/\bcohere\.command-r/, "command-r"],
  [/\bcohere\.command/, "command"],
];

function admitted(id: string): AddressedModel {
  const name = vendorBehaviours.find(([pattern]) => pattern.test(id))?.[1];
  const native = vendorFormats.find(([pattern]) => pattern.test(id))?.[1] ?? "chat";
  const lenient = { ...behaviours.plain, images: true, documents: true, video: true, roleChecks: false, native };
  return {
    requestedId: id,
    modelId: id.replace(/^(us|eu|apac|global)\./, ""),
    behaviour: name ? behaviours[name] : lenient,
    streaming: true,
    latencyOptimized: true,
    indirect: /^arn:|^(us|eu|apac|global)\./.test(id),
  };
}
