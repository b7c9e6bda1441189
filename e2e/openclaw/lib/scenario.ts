import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator, EmulatorOptions } from "../../../packages/bedrock-emulator/src/index.ts";
import { type Bedrock, startBedrock } from "./bedrock.ts";
import type { Checks } from "./checks.ts";
import { createHost, type Host, installPlugin } from "./host.ts";
import type { Release } from "./releases.ts";

/** What every scenario gets. */
export interface World {
  readonly checks: Checks;
  /** The packed plugin. */
  readonly tarball: string;
  readonly release: Release;
  /** Words of a title: try only these entries of the documentation. */
  readonly entry: string | undefined;
  /** Write what is generated from the run, instead of comparing it. */
  readonly update: boolean;
  /** A fresh folder, removed at the end of everything. */
  folder(name: string): string;
}

export type Scenario = (world: World) => Promise<void>;

export interface UserOptions {
  /** How this user signs; default keys. */
  readonly credentials?: Credentials;
  readonly settings?: object;
  readonly emulator?: EmulatorOptions;
  /** Install the plugin. Default: true. */
  readonly plugin?: boolean;
}

/** `instance` is an EC2 role: nothing in the environment but where its metadata service is. `container` is that of a task. */
export type Credentials = "keys" | "bearer" | "instance" | "container" | "none";

/** A user with a host of their own, the plugin installed in it, and a Bedrock of their own. */
export interface User extends AsyncDisposable {
  readonly host: Host;
  readonly bedrock: Bedrock;
}

export async function newUser(world: World, name: string, options: UserOptions = {}): Promise<User> {
  const bedrock = await startBedrock(options.emulator);
  try {
    const host = await createHost({
      folder: world.folder(name),
      aws: awsVariables(bedrock.now, options.credentials ?? "keys"),
      settings: options.settings ?? {},
      release: world.release,
    });
    if (options.plugin !== false) {
      const installed = await installPlugin(host, world.tarball);
      world.checks.ok(installed.code === 0, `${name}: plugins install takes the packed plugin`, installed);
    }
    return { host, bedrock, [Symbol.asyncDispose]: () => bedrock[Symbol.asyncDispose]() };
  } catch (error) {
    await bedrock[Symbol.asyncDispose]();
    throw error;
  }
}

/** The variables that point at the emulator, with the credentials this user has. */
export function awsVariables(
  { env, bearerToken, sources }: Emulator,
  credentials: Credentials,
): Record<string, string> {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, ...rest } = env;
  switch (credentials) {
    case "none":
      return rest;
    case "bearer":
      return { ...rest, AWS_BEARER_TOKEN_BEDROCK: bearerToken };
    case "instance":
    case "container":
      return { ...rest, ...sources[credentials] };
    case "keys":
      return { ...rest, ...(id && secret && { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret }) };
  }
}

/** A place for the files of one run, and its removal. */
export async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "clawrock-openclaw-"));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}
