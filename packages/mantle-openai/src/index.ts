export type { MantleAuth } from "./auth/openai-client.ts";
export type { MantleDiscovery, Unavailable } from "./discovery/types.ts";
export { createMantle } from "./mantle.ts";
export type { ListedModel, MantleModel } from "./model.ts";
export type { MantleApi, MantleEndpoint, ModelRoute, RouteOverride, RoutePath } from "./route/route.ts";
export type { MantleTurn, OutputSchema, ToolChoice } from "./turn/turn.ts";
export type { DiscoverOptions, Mantle, MantleOptions, StreamOptions, StreamRequest } from "./types.ts";
export { wireModelId } from "./wire-model-id.ts";
