import type { HostConfig } from "../host-types.ts";
import { BEDROCK, MANTLE } from "../ids.ts";

/**
 * A value of the plugin's settings as it is written, undefined where there is none; read without validating the rest, and
 * without loading the validator: every command may ask.
 */
export function written(config: HostConfig | undefined, ...path: readonly string[]): unknown {
  return at(config?.plugins?.entries?.[BEDROCK]?.config, path);
}

/** The same for the older place of Mantle's settings. */
export function writtenForMantle(config: HostConfig | undefined, ...path: readonly string[]): unknown {
  return at(config?.plugins?.entries?.[MANTLE]?.config, path);
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}
