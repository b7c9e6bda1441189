import type { Checks } from "../lib/checks.ts";
import { installHost, typeTest } from "../lib/prepare.ts";
import { OLDEST } from "../lib/releases.ts";
import type { Scenario } from "../lib/scenario.ts";
import { converseTurns } from "./converse-turns.ts";
import { mantleTurns } from "./mantle-turns.ts";
import { memoryOfOneFamily } from "./memory-search.ts";

/** The oldest release the plugin is offered to: types, turns through both providers, memory search. */
export const oldestHost: Scenario = async (world) => {
  const { version } = OLDEST;
  const checks: Checks = { ok: (holds, what, seen) => world.checks.ok(holds, `${version}: ${what}`, seen) };
  await installHost(OLDEST);
  checks.ok(true, "OpenClaw is installed");
  const compiled = await typeTest(OLDEST);
  checks.ok(compiled.code === 0, "types: plugin and conversation are the host's", compiled.stdout);
  const folder = (name: string): string => world.folder(`${version} ${name}`);
  for (const scenario of [converseTurns, mantleTurns, memoryOfOneFamily]) {
    await scenario({ ...world, checks, release: OLDEST, folder });
  }
};
