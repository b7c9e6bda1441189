import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { HostModelApi, HostModelCompat } from "../host-types.ts";
import { MANTLE_API } from "../ids.ts";
import { mantleCompat } from "./mantle-compat.ts";

/** How the host talks to a Mantle model. */
export interface HostMantleRoute {
  readonly api: HostModelApi;
  /** Behind the endpoint's origin, as the host's client of that API wants its base URL. */
  readonly path: string;
  readonly compat: HostModelCompat | undefined;
}

/**
 * The host's API for a model: Chat Completions where the model answers them, else Responses, else Anthropic's Messages.
 * A model nobody knows is taken to answer Chat Completions.
 */
export function mantleRoute(capabilities: ModelCapabilities): HostMantleRoute {
  const { path, apis } = capabilities.mantle?.value ?? { path: "/v1", apis: ["chat"] };
  if (apis.includes("chat")) return { api: MANTLE_API, path, compat: mantleCompat(capabilities) };
  if (apis.includes("responses")) return { api: "openai-responses", path, compat: { supportsStore: false } };
  // The host's Anthropic client appends /v1 by itself.
  return { api: "anthropic-messages", path: path.replace(/\/v1$/u, ""), compat: undefined };
}
