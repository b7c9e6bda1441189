import type { Options } from "tsup";

/** The build of every library: ESM for Node, declarations, source maps. */
export function library(entry: string[]): Options {
  return { entry, format: "esm", platform: "node", target: "node22", dts: true, sourcemap: true, clean: true };
}
