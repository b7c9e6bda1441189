import { type AwsSession, credentialMarker } from "@clawrock/aws-auth";
import {
  createAccessCheck,
  type DiscoveredModel,
  type DiscoveryList,
  type DiscoveryWarning,
  type HiddenModel,
} from "@clawrock/bedrock-discovery";
import { BedrockError, toBedrockError } from "@clawrock/conversation";
import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import { listBedrock } from "../catalog/bedrock-catalog.ts";
import { listMantle } from "../catalog/mantle-catalog.ts";
import type { DiscoverySettings, Settings } from "../config/settings.ts";
import type { HostConfig } from "../host-types.ts";
import type { RunningHost } from "../running-host.ts";
import type { AccessReport, HiddenGroup, ListReport } from "./report.ts";
import { within } from "./within.ts";

export interface Examination {
  readonly report: ListReport;
  /** What is listed. */
  readonly ids: ReadonlySet<string>;
  /** Why there is no list. */
  readonly failure: BedrockError | undefined;
  /** Whether AWS was asked. */
  readonly asked: boolean;
  /** The lists that were refused, by the action they need. */
  readonly refused: ReadonlyMap<string, BedrockError>;
}

interface Circumstances {
  readonly config: HostConfig | undefined;
  readonly host: RunningHost;
  /** Whether there are credentials at all; without them nothing is asked. */
  readonly known: boolean;
}

const ACTIONS: ReadonlyMap<DiscoveryList | undefined, string> = new Map([
  ["foundation-models", "bedrock:ListFoundationModels"],
  ["inference-profiles", "bedrock:ListInferenceProfiles"],
]);

/** Time for a list, and for asking about the access to its models. */
const PATIENCE_MS = 20_000;

/** Lists the Converse models anew, whether OpenClaw would show them or not. */
export async function examineBedrock(
  aws: AwsSession,
  settings: Settings,
  { config, host, known }: Circumstances,
): Promise<Examination> {
  const report = { ...gateOf(settings.discovery, "discovery"), region: regionOf(aws), credentials: sourceOf(aws) };
  if (!known) return unasked(report);
  try {
    const { value, error } = await within(PATIENCE_MS, "The Bedrock model list", (signal) =>
      listBedrock(aws, settings, host, { config, signal, refresh: true }),
    );
    if (error && value.warnings.length === 0) throw error;
    const checked = await accessTo(aws, value.models);
    return {
      report: {
        ...report,
        models: value.models.length,
        priceUnknown: value.models.filter(({ capabilities }) => !capabilities.price).map(({ id }) => id),
        access: accessOf(checked),
        hidden: groupsOf(value.hidden),
        warnings: value.warnings.map(({ message }) => message),
      },
      ids: new Set(value.models.map(({ id }) => id)),
      failure: undefined,
      asked: true,
      refused: refusals(value.warnings),
    };
  } catch (error) {
    return failed(report, toBedrockError(error), [...ACTIONS.values()]);
  }
}

/** Lists Mantle's models anew. */
export async function examineMantle(
  aws: AwsSession,
  settings: Settings,
  { config, host, known }: Circumstances,
): Promise<Examination> {
  const gate = gateOf(settings.mantle, "mantle.discovery");
  const report = { ...gate, region: regionOf(aws), credentials: sourceOf(aws) };
  if (!known || settings.mantle.enabled === false) return unasked(report);
  try {
    const { value, error } = await within(PATIENCE_MS, "The Mantle model list", (signal) =>
      listMantle(aws, settings, host, { config, signal, refresh: true }),
    );
    if (error) throw error;
    return {
      report: {
        ...report,
        models: value.ids.length,
        priceUnknown: value.ids.filter((id) => !capabilitiesOf(parseModelRef(id)).price),
        access: undefined,
        hidden: [],
        warnings: value.unavailable ? [value.unavailable] : [],
      },
      ids: new Set(value.ids),
      failure: undefined,
      asked: true,
      refused: new Map(),
    };
  } catch (error) {
    return failed(report, ofMintedToken(toBedrockError(error), aws), ["bedrock-mantle:ListModels"]);
  }
}

/** The access to models; unknown where it takes too long to ask, as of models that were never asked about. */
async function accessTo(aws: AwsSession, models: readonly DiscoveredModel[]): Promise<readonly DiscoveredModel[]> {
  try {
    return await within(PATIENCE_MS, "The access to models", (signal) =>
      createAccessCheck({ aws })(models, { signal, refresh: true }),
    );
  } catch (error) {
    const { message: accessDetail } = toBedrockError(error);
    return models.map((model) => ({ ...model, access: "unknown", accessDetail }));
  }
}

/** A refused token that was made from credentials is theirs to mend, not that of a variable. */
function ofMintedToken(error: BedrockError, aws: AwsSession): BedrockError {
  const { kind: source } = aws.describe();
  if (source === "bearer" || (error.kind !== "invalid-credentials" && error.kind !== "expired-credentials"))
    return error;
  const { kind, problem, service } = error;
  const fix = `Renew or check ${sourceOf(aws)}: the token was made from it`;
  return new BedrockError({ kind, problem, fix, service, cause: error });
}

type Gate = Pick<ListReport, "enabled" | "why" | "region" | "credentials">;

/** Undefined for one that cannot be used, which is told elsewhere. */
function regionOf(aws: AwsSession): string | undefined {
  try {
    return aws.region.name;
  } catch {
    return undefined;
  }
}

function sourceOf(aws: AwsSession): string {
  return aws.describe().source;
}

function gateOf({ enabled }: DiscoverySettings, path: string): Pick<ListReport, "enabled" | "why"> {
  if (enabled !== undefined) return { enabled, why: `${path}.enabled is ${enabled}` };
  const marker = credentialMarker();
  if (marker === undefined) return { enabled: false, why: `no variable tells of AWS credentials; set ${path}.enabled` };
  return { enabled: true, why: `the environment tells of AWS credentials (${marker})` };
}

function unasked(gate: Gate): Examination {
  const report = { ...gate, models: undefined, priceUnknown: [], access: undefined, hidden: [], warnings: [] };
  return { report, ids: new Set(), failure: undefined, asked: false, refused: new Map() };
}

function failed(gate: Gate, failure: BedrockError, actions: readonly string[]): Examination {
  return { ...unasked(gate), asked: true, failure, refused: new Map(actions.map((action) => [action, failure])) };
}

function refusals(warnings: readonly DiscoveryWarning[]): Map<string, BedrockError> {
  return new Map(warnings.flatMap(({ list, error }) => (ACTIONS.has(list) ? [[ACTIONS.get(list) ?? "", error]] : [])));
}

function accessOf(models: readonly DiscoveredModel[]): AccessReport {
  const of = (access: DiscoveredModel["access"]): DiscoveredModel[] =>
    models.filter((model) => model.access === access);
  const [lacking] = of("not granted");
  const [unknown] = of("unknown");
  return {
    granted: of("granted").length,
    notGranted: of("not granted").map(({ id }) => id),
    unknown: of("unknown").length,
    detail: lacking?.accessDetail ?? unknown?.accessDetail,
  };
}

function groupsOf(hidden: readonly HiddenModel[]): HiddenGroup[] {
  return [...Map.groupBy(hidden, ({ reason }) => reason)].map(([reason, models]) => ({
    reason,
    count: models.length,
    example: models[0] ? `${models[0].id}: ${models[0].detail}` : "",
  }));
}
