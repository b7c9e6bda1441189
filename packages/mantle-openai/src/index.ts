export type { ChatTurn } from "./chat/chat-request.ts";
export type { ToolChoice } from "./chat/chat-tools.ts";
export type { MantleDiscovery } from "./discovery/discover-models.ts";
export { createMantle, type Mantle, type MantleOptions, type StreamOptions, type StreamRequest } from "./mantle.ts";
export type { MantleModel } from "./model.ts";
export type { MantleApi, MantleEndpoint, ModelRoute } from "./route.ts";
