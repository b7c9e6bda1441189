import type { DoctorOptions } from "../src/doctor/command.ts";
import type { DoctorReport, Permission } from "../src/doctor/report.ts";
import { examine } from "../src/doctor/run-doctor.ts";
import type { HostConfig } from "../src/host-types.ts";
import type { RunningHost } from "../src/running-host.ts";

/** A host that says nothing and keeps nothing. */
export function quietHost(version = "2026.9.6"): RunningHost {
  const logger = { info: () => undefined, warn: () => undefined };
  return { logger, version: () => version, stateDir: () => undefined, config: (given) => given };
}

/** The config of a user with these settings of the plugin. */
export function settings(config: unknown): HostConfig {
  return { plugins: { entries: { "amazon-bedrock": { config } } } };
}

export function examined(config: HostConfig = {}, options: Partial<DoctorOptions> = {}): Promise<DoctorReport> {
  return examine(config, quietHost(), { json: false, probe: undefined, ...options });
}

export function permission({ permissions }: DoctorReport, action: string): Permission | undefined {
  return permissions.find((row) => row.action === action);
}
