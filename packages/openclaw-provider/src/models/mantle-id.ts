import { wireModelId } from "@clawrock/mantle-openai";
import { parseModelRef } from "@clawrock/model-capabilities";
import { regionOf } from "../aws/place.ts";
import { providerSession } from "../aws/provider-session.ts";
import { knownMantleIds, listMantle } from "../catalog/mantle-catalog.ts";
import { settingsOf } from "../config/settings.ts";
import type { HostConfig } from "../host-types.ts";
import { UNPLACED } from "../ids.ts";
import type { RunningHost } from "../running-host.ts";

export interface MantlePlace {
  readonly config: HostConfig | undefined;
  readonly provider: string;
  readonly baseUrl: string;
  readonly host: RunningHost;
}

/** Longer than that a turn does not wait to learn how a model is spelt. */
const PATIENCE_MS = 5_000;
const said = new Set<string>();

/**
 * A model's id as Mantle spells it (`gpt-oss-120b` is `openai.gpt-oss-120b`): by the list that is kept, else as it is known, else, for a
 * name without a vendor, which no id of Mantle is, by a list that is asked for now. Never fails: what cannot be told is sent as written.
 */
export async function mantleId(written: string, { config, provider, baseUrl, host }: MantlePlace): Promise<string> {
  try {
    const settings = settingsOf(config);
    const aws = providerSession({ config, provider, baseUrl, region: settings.mantle.region });
    // Another server's ids are its own.
    if (!isMantle(baseUrl, aws.endpoint("bedrock-mantle"))) return written;
    const kept = await knownMantleIds(aws, settings, host);
    const id = wireModelId(written, "mantle", kept);
    if (kept.length > 0 || !lacksVendor(id)) return told(written, id, host);
    const { value } = await listMantle(aws, settings, host, { config, signal: AbortSignal.timeout(PATIENCE_MS) });
    return told(written, wireModelId(written, "mantle", value.ids), host);
  } catch {
    return written;
  }
}

/** Whether a base URL is an address of AWS, or the one that the session was told to go to instead. */
function isMantle(baseUrl: string, endpoint: string): boolean {
  return baseUrl === UNPLACED || regionOf(baseUrl) !== undefined || baseUrl.startsWith(endpoint);
}

function lacksVendor(id: string): boolean {
  const ref = parseModelRef(id);
  return ref.kind === "foundation-model" && ref.model.vendor === undefined;
}

function told(written: string, id: string, { logger }: RunningHost): string {
  if (id !== written && !said.has(written)) {
    said.add(written);
    logger.info(`Mantle knows ${written} as ${id}, which is sent`);
  }
  return id;
}
