import type { HostApi } from "../host-types.ts";
import { COMMAND } from "../ids.ts";
import type { RunningHost } from "../running-host.ts";

const GRACE_MS = 2_000;
const TITLE = "Examine and explain the Amazon Bedrock setup";

/** What `openclaw bedrock doctor` is asked for. */
export interface DoctorOptions {
  readonly json: boolean;
  /** A model to send one short turn to. */
  readonly probe: string | undefined;
}

/** Registers `openclaw bedrock doctor`; nothing of it is loaded before it is called. */
export function registerDoctor(api: Pick<HostApi, "registerCli">, host: RunningHost): void {
  api.registerCli(
    ({ program, config }) => {
      program
        .command(COMMAND)
        .description(TITLE)
        .command("doctor")
        .description("Identity, region, endpoints, models, permissions: what works, and what to do about the rest")
        .option("--json", "Print one JSON document")
        .option("--probe <model>", "Also send one short turn to this model; it is billed, and the price is said first")
        .action(async ({ json, probe }) => {
          const { runDoctor } = await import("./run-doctor.ts");
          process.exitCode = await runDoctor(host.config(config), host, {
            json: json === true,
            probe: typeof probe === "string" ? probe : undefined,
          });
          // A process for credentials that never ends, or a socket that was left behind, must not keep the command.
          setTimeout(() => process.exit(), GRACE_MS).unref();
        });
    },
    { descriptors: [{ name: COMMAND, description: TITLE, hasSubcommands: true }] },
  );
}
