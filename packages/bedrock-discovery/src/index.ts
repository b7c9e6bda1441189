export {
  createModelDiscovery,
  type ModelDiscovery,
  type ModelDiscoveryOptions,
  modelListKey,
} from "./create-model-discovery.ts";
export { discoverModels } from "./discover-models.ts";
export type {
  DiscoveredModel,
  DiscoverModelsOptions,
  DiscoveryResult,
  DiscoveryWarning,
  HiddenModel,
  HiddenReason,
  ModelInvocation,
} from "./types.ts";
