import { diagnose } from "@clawrock/aws-auth";
import { toBedrockError } from "@clawrock/conversation";
import { parseGuardrailConfig } from "@clawrock/guardrails";
import packageJson from "../../package.json" with { type: "json" };
import { closeSessions } from "../aws/sessions.ts";
import { bedrockSession } from "../catalog/bedrock-catalog.ts";
import { mantleSession } from "../catalog/mantle-catalog.ts";
import { CONFIG_PATH, type Settings, settingsOf } from "../config/settings.ts";
import type { HostConfig } from "../host-types.ts";
import type { RunningHost } from "../running-host.ts";
import type { DoctorOptions } from "./command.ts";
import { formatReport } from "./format-report.ts";
import { examineBedrock, examineMantle } from "./lists.ts";
import { permissionsOf } from "./permissions.ts";
import { costBefore, probeModel } from "./probe-model.ts";
import type { DoctorReport, GuardrailReport, Problem } from "./report.ts";

/** Prints what was found and gives the exit code: 1 if something stands in the way. */
export async function runDoctor(
  config: HostConfig | undefined,
  host: RunningHost,
  options: DoctorOptions,
): Promise<number> {
  const say = (text: string): boolean => process.stdout.write(`${text}\n`);
  if (options.probe && !options.json) say(costBefore(options.probe));
  const report = await examine(config, host, options).finally(closeSessions);
  say(options.json ? JSON.stringify(report, null, 2) : formatReport(report));
  return report.ok ? 0 : 1;
}

/** Examines everything that can be examined; never throws. Nothing of it is billed but `probe`. */
export async function examine(
  config: HostConfig | undefined,
  host: RunningHost,
  { probe }: DoctorOptions,
): Promise<DoctorReport> {
  const problems: Problem[] = [];
  const attempt = async <T>(area: Problem["area"], run: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await run();
    } catch (error) {
      const { message } = toBedrockError(error);
      if (!problems.some((known) => known.message === message)) problems.push({ area, message });
      return undefined;
    }
  };

  const settings = await attempt("config", () => settingsOf(config));
  const guardrail = settings && (await attempt("config", () => guardrailOf(settings)));
  const aws = settings && (await attempt("config", () => bedrockSession(settings, { config })));
  const mantleAws = settings && (await attempt("config", () => mantleSession(settings, { config })));
  const optedIn = settings?.discovery.enabled === true || settings?.mantle.enabled === true;
  const diagnosis = aws && (await diagnose(aws, optedIn ? { instanceMetadata: true } : {}));
  for (const { problem, fix } of diagnosis?.problems ?? [])
    problems.push({ area: "aws", message: `${problem} ${fix}` });
  const known = diagnosis?.credentials.resolved === true;
  const listing = { config, host };
  const bedrock = aws && settings && (await examineBedrock(aws, settings, { ...listing, known }));
  const mantle = mantleAws && settings && (await examineMantle(mantleAws, settings, { ...listing, known }));
  for (const { message } of [bedrock?.failure, mantle?.failure].filter((error) => error !== undefined)) {
    if (!problems.some((other) => other.message === message)) {
      problems.push({ area: message === mantle?.failure?.message ? "mantle" : "bedrock", message });
    }
  }
  const probed = aws && probe !== undefined ? await probeModel(aws, probe) : undefined;
  if (probed && !probed.report.ok) problems.push({ area: "probe", message: probed.report.answer });
  const version = host.version();
  if (version !== undefined && version < MADE_FOR) {
    problems.push({ area: "plugin", message: `OpenClaw ${version} is older than ${MADE_FOR}. Update OpenClaw.` });
  }
  return {
    ok: problems.length === 0,
    plugin: { version: packageJson.version, madeFor: MADE_FOR, host: version },
    aws: diagnosis,
    bedrock: bedrock?.report,
    mantle: mantle?.report,
    guardrail,
    probe: probed?.report,
    permissions: permissionsOf({ bedrock, mantle, probe: probed, guardrail: guardrail !== undefined }),
    problems,
  };
}

const MADE_FOR = packageJson.openclaw.build.openclawVersion;

function guardrailOf({ guardrail }: Settings): GuardrailReport | undefined {
  if (!guardrail) return undefined;
  parseGuardrailConfig(guardrail, `${CONFIG_PATH}.guardrail`);
  return { identifier: guardrail.guardrailIdentifier, version: guardrail.guardrailVersion };
}
