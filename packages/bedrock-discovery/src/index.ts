export { type AccessCheck, type AccessCheckOptions, createAccessCheck } from "./access/create-access-check.ts";
export { createModelDiscovery, type ModelDiscovery, type ModelDiscoveryOptions } from "./create-model-discovery.ts";
export { discoverModels } from "./discover-models.ts";
export { type ListKeyOptions, modelListKey } from "./list-key.ts";
export type {
  DiscoveredModel,
  DiscoverModelsOptions,
  DiscoveryList,
  DiscoveryResult,
  DiscoveryWarning,
  HiddenModel,
  HiddenReason,
  ModelAccess,
  ModelInvocation,
  OwnModelKind,
} from "./types.ts";
