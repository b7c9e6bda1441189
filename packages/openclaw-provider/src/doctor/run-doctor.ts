import { type AwsSession, type Diagnosis, diagnose } from "@clawrock/aws-auth";
import { toBedrockError } from "@clawrock/conversation";
import { type GuardrailConfig, parseGuardrailConfig } from "@clawrock/guardrails";
import packageJson from "../../package.json" with { type: "json" };
import { providerSession } from "../aws/provider-session.ts";
import { closeSessions } from "../aws/sessions.ts";
import { bedrockSession } from "../catalog/bedrock-catalog.ts";
import { mantleSession } from "../catalog/mantle-catalog.ts";
import { CONFIG_PATH, type Settings, settingsOf } from "../config/settings.ts";
import { written } from "../config/written.ts";
import type { HostConfig } from "../host-types.ts";
import type { RunningHost } from "../running-host.ts";
import type { DoctorOptions } from "./command.ts";
import { formatReport } from "./format-report.ts";
import { examineGuardrail } from "./guardrail.ts";
import { type Examination, examineBedrock, examineMantle } from "./lists.ts";
import { permissionsOf } from "./permissions.ts";
import { costBefore, notProbed, type Probed, probeModel } from "./probe-model.ts";
import { probeTarget } from "./probe-target.ts";
import type { DoctorReport, Problem } from "./report.ts";
import { hostProblem, MADE_FOR } from "./versions.ts";
import { within } from "./within.ts";

/** Time for credentials to resolve. */
const PATIENCE_MS = 20_000;

/** Prints what was found and gives the exit code: 1 if something stands in the way. */
export async function runDoctor(
  config: HostConfig | undefined,
  host: RunningHost,
  options: DoctorOptions,
): Promise<number> {
  const say = (text: string): boolean => process.stdout.write(`${text}\n`);
  if (options.probe !== undefined) {
    // Beside the document, where that is all that belongs to the output.
    (options.json ? process.stderr : process.stdout).write(`${costOfProbe(options.probe, config)}\n`);
  }
  const report = await examine(config, host, options).finally(closeSessions);
  say(options.json ? JSON.stringify(report, null, 2) : formatReport(report));
  return report.ok ? 0 : 1;
}

/** Examines everything that can be examined; never throws, and ends. Nothing of it is billed but `probe`. */
export async function examine(
  config: HostConfig | undefined,
  host: RunningHost,
  { probe }: DoctorOptions,
): Promise<DoctorReport> {
  const problems: Problem[] = [];
  const note = (area: Problem["area"], message: string): void => {
    if (!problems.some((known) => known.message === message)) problems.push({ area, message });
  };
  const attempt = async <T>(area: Problem["area"], run: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await run();
    } catch (error) {
      note(area, toBedrockError(error).message);
      return undefined;
    }
  };

  const settings = await attempt("config", () => settingsOf(config));
  const guardrail = settings && (await attempt("config", () => guardrailOf(settings)));
  const aws = settings && (await attempt("config", () => bedrockSession(settings, { config })));
  const mantleAws = settings && (await attempt("config", () => mantleSession(settings, { config })));
  const diagnosis = aws && (await attempt("aws", () => diagnosed(aws, settings)));
  for (const { problem, fix } of diagnosis?.problems ?? []) note("aws", `${problem} ${fix}`);
  const known = diagnosis?.credentials.resolved === true;
  const listing = { config, host };
  const mantleKnown = async (): Promise<boolean> =>
    mantleAws !== undefined &&
    settings?.mantle.enabled !== false &&
    (sameSource(aws, mantleAws) ? known : await resolves(mantleAws, attempt));
  const knownAtMantle = (await attempt("mantle", mantleKnown)) ?? false;
  const [bedrock, mantle, guarding] = await Promise.all([
    aws && settings && examineBedrock(aws, settings, { ...listing, known }),
    mantleAws && settings && examineMantle(mantleAws, settings, { ...listing, known: knownAtMantle }),
    aws && guardrail && examineGuardrail(aws, guardrail, known),
  ]);
  if (guarding?.problem) note("guardrail", guarding.problem.message);
  if (bedrock?.failure) note("bedrock", bedrock.failure.message);
  if (mantle?.failure) note("mantle", mantle.failure.message);

  const probed =
    settings && probe !== undefined
      ? await attempt("probe", () => probing(probe, { config, settings, guardrail, bedrock, mantle, aws, known }))
      : undefined;
  if (probed?.error) note("probe", probed.error.message);
  const version = host.version();
  const outdated = version !== undefined && hostProblem(version);
  if (outdated) note("plugin", outdated);
  return {
    ok: problems.length === 0,
    plugin: { version: packageJson.version, madeFor: MADE_FOR, host: version },
    aws: diagnosis,
    bedrock: bedrock?.report,
    mantle: mantle?.report,
    guardrail: guarding?.report,
    probe: probed?.report,
    permissions: permissionsOf({ aws, bedrock, mantle, guardrail: guarding, probe: probed }),
    problems,
  };
}

type Attempt = <T>(area: Problem["area"], run: () => Promise<T>) => Promise<T | undefined>;

interface Probing {
  readonly config: HostConfig | undefined;
  readonly settings: Settings;
  readonly guardrail: GuardrailConfig | undefined;
  readonly bedrock: Examination | undefined;
  readonly mantle: Examination | undefined;
  /** The session of Converse, and whether its credentials resolved. */
  readonly aws: AwsSession | undefined;
  readonly known: boolean;
}

const NONE: ReadonlySet<string> = new Set();

function diagnosed(aws: AwsSession, { discovery, mantle }: Settings): Promise<Diagnosis> {
  const instanceMetadata = discovery.enabled === true || mantle.enabled === true;
  return diagnose(aws, { credentialsTimeoutMs: PATIENCE_MS, ...(instanceMetadata && { instanceMetadata }) });
}

/** Whether two sessions have the same credentials. */
function sameSource(one: AwsSession | undefined, other: AwsSession): boolean {
  return one?.sourceId() === other.sourceId();
}

async function resolves(aws: AwsSession, attempt: Attempt): Promise<boolean> {
  const what = "The credentials for Mantle";
  return (await attempt("mantle", () => within(PATIENCE_MS, what, () => aws.identity()))) !== undefined;
}

async function probing(
  text: string,
  { config, settings, guardrail, bedrock, mantle, aws, known }: Probing,
): Promise<Probed & { readonly mantle: boolean }> {
  const target = probeTarget(text, config, { bedrock: bedrock?.ids ?? NONE, mantle: mantle?.ids ?? NONE });
  const { provider } = target;
  const region = target.mantle ? settings.mantle.region : settings.discovery.region;
  const session = providerSession({ config, provider, region });
  const hopeless = !known && sameSource(aws, session);
  const probed = hopeless ? notProbed(target) : await probeModel({ aws: session, target, guardrail });
  return { ...probed, mantle: target.mantle };
}

/** Said before anything is sent, and before it is known whether the settings can be used. */
function costOfProbe(text: string, config: HostConfig | undefined): string {
  const { model, mantle } = probeTarget(text, config, { bedrock: NONE, mantle: NONE });
  return costBefore(model, !mantle && written(config, "guardrail") !== undefined);
}

function guardrailOf({ guardrail }: Settings): GuardrailConfig | undefined {
  return guardrail && parseGuardrailConfig(guardrail, `${CONFIG_PATH}.guardrail`);
}
