import type { HostConfig, SyntheticAuth, SyntheticAuthContext } from "../host-types.ts";
import { MANTLE } from "../ids.ts";
import { written, writtenForMantle } from "./written.ts";

/** Whether Mantle was switched on by hand, as on an instance role, of which neither variables nor files tell. */
export function mantleOptedIn(config: HostConfig | undefined): boolean {
  const path = ["discovery", "enabled"];
  return (written(config, "mantle", ...path) ?? writtenForMantle(config, ...path)) === true;
}

/** The host wants some key before it asks for a token. This one only stands for the token, which is minted by the request. */
export function mantleOptIn({ config, provider }: SyntheticAuthContext): SyntheticAuth | undefined {
  if (provider !== MANTLE || !mantleOptedIn(config)) return undefined;
  return { apiKey: "aws-credentials", source: "AWS credentials", mode: "api-key" };
}
