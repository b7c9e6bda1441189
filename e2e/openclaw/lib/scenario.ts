import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../packages/bedrock-emulator/src/index.ts";
import type { Checks } from "./checks.ts";
import { createHost, type Host, installPlugin } from "./host.ts";

/** What every scenario gets. */
export interface World {
  readonly checks: Checks;
  /** The packed plugin. */
  readonly tarball: string;
  /** A fresh folder, removed at the end of everything. */
  folder(name: string): string;
}

export type Scenario = (world: World) => Promise<void>;

export interface UserOptions {
  /** How this user signs; default keys. */
  readonly credentials?: "keys" | "bearer" | "none";
  readonly settings?: object;
  readonly emulator?: EmulatorOptions;
}

/** A user with a host of their own, the plugin installed in it, and a Bedrock of their own. */
export interface User extends AsyncDisposable {
  readonly host: Host;
  readonly bedrock: Emulator;
}

export async function newUser(world: World, name: string, options: UserOptions = {}): Promise<User> {
  const bedrock = await startEmulator(options.emulator);
  try {
    const host = await createHost({
      folder: world.folder(name),
      aws: awsVariables(bedrock, options.credentials ?? "keys"),
      settings: options.settings ?? {},
    });
    const installed = await installPlugin(host, world.tarball);
    world.checks.ok(installed.code === 0, `${name}: plugins install takes the packed plugin`, installed);
    return { host, bedrock, [Symbol.asyncDispose]: () => bedrock.close() };
  } catch (error) {
    await bedrock.close();
    throw error;
  }
}

/** The variables that point at the emulator, with the credentials this user has. */
function awsVariables({ env, bearerToken }: Emulator, credentials: "keys" | "bearer" | "none"): Record<string, string> {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, ...rest } = env;
  if (credentials === "none") return rest;
  if (credentials === "bearer") return { ...rest, AWS_BEARER_TOKEN_BEDROCK: bearerToken };
  return { ...rest, ...(id && secret && { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret }) };
}

/** A place for the files of one run, and its removal. */
export async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "clawrock-openclaw-"));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}
