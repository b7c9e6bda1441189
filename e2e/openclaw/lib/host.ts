import { mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { at, listAt, parseJson } from "./json.ts";
import { type Ran, type Running, run, start } from "./processes.ts";
import { NEWEST, type Release } from "./releases.ts";

/** After it a command is taken to hang. Nothing here measures speed: a busy machine is up to ten times slower. */
const PATIENCE_MS = 240_000;
const PLUGIN_ID = "amazon-bedrock";

/** One user of OpenClaw: a home, a state and a workspace of their own, and the real CLI. */
export interface Host {
  readonly release: Release;
  readonly workspace: string;
  readonly configPath: string;
  /** Runs `openclaw …` to its end. */
  cli(args: readonly string[], options?: { readonly timeoutMs?: number; readonly configPath?: string }): Promise<Ran>;
  /** Starts `openclaw …` that runs on. */
  start(args: readonly string[]): Running;
  /** The variables a command of this user has; what is changed here counts from the next command on. */
  readonly variables: Record<string, string>;
  /** One turn of the agent, headless. */
  ask(prompt: string, model: string, ...more: readonly string[]): Promise<Turn>;
  /** Changes `openclaw.json` as an editor would; `undefined` takes a key away. */
  configure(settings: object): Promise<void>;
}

export interface Turn extends Ran {
  /** What `--json` printed, if it is JSON. */
  readonly json: unknown;
  /** All that the user sees. */
  readonly shown: string;
}

export interface HostOptions {
  /** The scenario's folder; made here. */
  readonly folder: string;
  /** AWS settings of this user. */
  readonly aws: Readonly<Record<string, string>>;
  readonly settings?: object;
  readonly release?: Release;
}

export async function createHost({ folder, aws, settings = {}, release = NEWEST }: HostOptions): Promise<Host> {
  const [home, state, workspace] = ["home", "state", "workspace"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [home, state, workspace]) await mkdir(path, { recursive: true });
  const configPath = join(state, "openclaw.json");
  const program = join(release.folder, "node_modules/openclaw/openclaw.mjs");
  const variables = { ...aws };
  const env = (config: string): Record<string, string> => ({
    PATH: [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter),
    HOME: home,
    TMPDIR: folder,
    NO_COLOR: "1",
    // Kept from run to run: the host is much code to compile.
    NODE_COMPILE_CACHE: join(release.folder, "node_modules/.cache/node-compile"),
    OPENCLAW_HOME: home,
    OPENCLAW_STATE_DIR: state,
    OPENCLAW_CONFIG_PATH: config,
    OPENCLAW_NO_AUTO_UPDATE: "1",
    // Nothing is fetched from outside: a port where nobody listens, until a scenario names a registry of its own.
    npm_config_registry: "http://127.0.0.1:9",
    npm_config_fetch_retries: "0",
    AWS_EC2_METADATA_DISABLED: "true",
    ...variables,
  });
  const cli: Host["cli"] = (args, { timeoutMs = PATIENCE_MS, configPath: config = configPath } = {}) =>
    run(process.execPath, [program, ...args], { cwd: workspace, env: env(config), timeoutMs });
  const configure: Host["configure"] = async (more) => {
    const present = parseJson(await readFile(configPath, "utf8").catch(() => "{}"));
    await writeFile(configPath, `${JSON.stringify(merged(present, more), null, 2)}\n`);
  };
  await configure({ plugins: { allow: [PLUGIN_ID, "memory-core"] } });
  await configure(settings);
  return {
    release,
    workspace,
    configPath,
    variables,
    cli,
    start: (args) => start(process.execPath, [program, ...args], { cwd: workspace, env: env(configPath) }),
    configure,
    async ask(prompt, model, ...more) {
      const args = ["agent", "exec", prompt, "--cwd", workspace, "--config", configPath, "--model", model, "--json"];
      const ran = await cli([...args, ...more], { timeoutMs: PATIENCE_MS });
      return { ...ran, json: parseJson(ran.stdout), shown: ran.stdout + ran.stderr };
    },
  };
}

/** The tools a turn ran, of `agent exec --json` and of `agent --json`. */
export function toolsRun(json: unknown): readonly unknown[] {
  const summary = at(json, "toolSummary") ?? at(json, "result", "meta", "toolSummary");
  return listAt(summary, "tools");
}

/** Installs the packed plugin as a user does. */
export function installPlugin(host: Host, tarball: string): Promise<Ran> {
  return host.cli(["plugins", "install", tarball, "--force", "--accept-capabilities"], { timeoutMs: PATIENCE_MS });
}

function merged(base: unknown, more: unknown): unknown {
  if (!isObject(base) || !isObject(more)) return more;
  const keys = new Set([...Object.keys(base), ...Object.keys(more)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, key in more ? merged(base[key], more[key]) : base[key]] as const),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
