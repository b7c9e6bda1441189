import { capabilitiesOf, endpointId, parseModelRef } from "@clawrock/model-capabilities";
import type { HostConfig } from "../host-types.ts";
import { BEDROCK, BEDROCK_ALIASES, BEDROCK_API, MANTLE } from "../ids.ts";

/** What a model to be probed goes through. */
export interface ProbeTarget {
  /** As in `models.providers`: whose profile and region are used. */
  readonly provider: string;
  /** Whether the turn goes to Mantle. */
  readonly mantle: boolean;
  /** Without the provider in front. */
  readonly model: string;
}

export interface KnownModels {
  readonly bedrock: ReadonlySet<string>;
  readonly mantle: ReadonlySet<string>;
}

/**
 * The provider of a model as a user may write it: with a provider of OpenClaw in front, as after `--model`, or the id alone. Of an
 * id alone the lists decide, and where neither has it, its spelling: Mantle's ids of some models are its own.
 */
export function probeTarget(written: string, config: HostConfig | undefined, known: KnownModels): ProbeTarget {
  const text = written.trim();
  const slash = text.indexOf("/");
  const prefix = text.slice(0, Math.max(slash, 0)).toLowerCase();
  const model = text.slice(slash + 1);
  if (prefix === MANTLE) return { provider: MANTLE, mantle: true, model };
  if (prefix === BEDROCK || BEDROCK_ALIASES.includes(prefix)) return { provider: BEDROCK, mantle: false, model };
  const own = Object.entries(config?.models?.providers ?? {}).find(([name]) => name.toLowerCase() === prefix);
  if (own?.[1].api === BEDROCK_API) return { provider: own[0], mantle: false, model };
  const mantle = isOfMantle(text, known);
  return { provider: mantle ? MANTLE : BEDROCK, mantle, model: text };
}

function isOfMantle(id: string, { bedrock, mantle }: KnownModels): boolean {
  if (bedrock.has(id)) return false;
  if (mantle.has(id)) return true;
  const ref = parseModelRef(id);
  const { invocation, mantle: route } = capabilitiesOf(ref);
  const { onDemand, byProfile, provisioned } = invocation?.value ?? {};
  if (route && invocation && !onDemand && !byProfile && !provisioned) return true;
  const there = endpointId(ref, "mantle");
  return endpointId(ref, "runtime") !== id && (there === id || mantle.has(there));
}
