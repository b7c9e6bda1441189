/**
 * The part of OpenClaw's plugin surface that this plugin uses, written structurally: the host is 640 MB and no dependency
 * of the workspace. e2e/openclaw/types proves with the installed host's own declarations that an entry made of these
 * types is assignable to the host's, and that the host's contexts are assignable to these.
 */
export type * from "./host-types/api.ts";
export type * from "./host-types/config.ts";
export type * from "./host-types/embeddings.ts";
export type * from "./host-types/failures.ts";
export type * from "./host-types/models.ts";
export type * from "./host-types/provider.ts";
export type * from "./host-types/turns.ts";
