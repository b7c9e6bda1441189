import type { HostConfig, SyntheticAuth, SyntheticAuthContext } from "../host-types.ts";
import { BEDROCK, MANTLE } from "../ids.ts";
import { written, writtenForMantle } from "./written.ts";

/**
 * Whether a provider was switched on by hand, as on an instance role, of which neither variables nor files tell. Read
 * without validating the rest: the host asks often, and for every provider.
 */
function optedIn(config: HostConfig | undefined, provider: string): boolean {
  const path = ["discovery", "enabled"];
  if (provider === BEDROCK) return written(config, ...path) === true;
  return provider === MANTLE && (written(config, "mantle", ...path) ?? writtenForMantle(config, ...path)) === true;
}

/**
 * The host lists and calls only providers for which it found some key. This one only says that AWS's credential chain is
 * meant; nothing is ever authenticated with it.
 */
export function optIn({ config, provider }: SyntheticAuthContext): SyntheticAuth | undefined {
  if (!optedIn(config, provider)) return undefined;
  return { apiKey: "aws-credentials", source: "AWS credential chain", mode: "api-key" };
}
