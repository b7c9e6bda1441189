import { join } from "node:path";
import { type Environment, processEnvironment } from "../environment.ts";
import { fs } from "../file-system.ts";
import { os } from "../operating-system.ts";
import { parseSharedFile, type Section, type SharedFile } from "./parse-shared-file.ts";

/** The profiles of the two shared files, as they were when read. */
export interface SharedFiles {
  /** A profile's settings; the credentials file wins where both files set the same. */
  profile(name: string): Section | undefined;
  /** An `sso-session` section of the configuration file. */
  ssoSession(name: string): Section | undefined;
  /** A `services` section of the configuration file. */
  services(name: string): Section | undefined;
  /** Changes whenever one of the files does. */
  readonly version: string;
  /** Files that are there and cannot be read, with the reason's code: `/home/u/.aws/config (EACCES)`. */
  readonly unreadable: readonly string[];
  /** The paths that were looked at, for messages. */
  readonly paths: readonly [config: string, credentials: string];
}

interface Snapshot {
  readonly version: string;
  readonly file: SharedFile;
  /** Why it could not be read. */
  readonly flaw?: string;
}

const NOTHING: Snapshot = { version: "absent", file: new Map() };
const snapshots = new Map<string, Snapshot>();

/** Reads `~/.aws/config` and `~/.aws/credentials`, or what `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` name. */
export function readSharedFiles(): SharedFiles {
  const env = processEnvironment();
  const configPath = env["AWS_CONFIG_FILE"] || join(home(env), ".aws", "config");
  const credentialsPath = env["AWS_SHARED_CREDENTIALS_FILE"] || join(home(env), ".aws", "credentials");
  const config = snapshot(expanded(configPath, env));
  const credentials = snapshot(expanded(credentialsPath, env));
  return {
    profile: (name) => {
      const inConfig =
        config.file.get(`profile.${name}`) ?? (name === "default" ? config.file.get("default") : undefined);
      const inCredentials = credentials.file.get(name);
      return inConfig || inCredentials ? new Map([...(inConfig ?? []), ...(inCredentials ?? [])]) : undefined;
    },
    ssoSession: (name) => config.file.get(`sso-session.${name}`),
    services: (name) => config.file.get(`services.${name}`),
    version: `${configPath}@${config.version}|${credentialsPath}@${credentials.version}`,
    unreadable: [
      ...(config.flaw ? [`${configPath} (${config.flaw})`] : []),
      ...(credentials.flaw ? [`${credentialsPath} (${credentials.flaw})`] : []),
    ],
    paths: [configPath, credentialsPath],
  };
}

/** Changes with `aws sso login` and `aws login`, whose tokens stand beside the shared files. */
export function signInVersion(): string {
  const folder = join(home(processEnvironment()), ".aws");
  return ["sso", "login"].map((kind) => folderVersion(join(folder, kind, "cache"))).join("|");
}

function folderVersion(folder: string): string {
  try {
    const names = fs.readdirSync(folder).filter((name) => name.endsWith(".json"));
    return names.map((name) => `${name}@${fs.statSync(join(folder, name)).mtimeMs}`).join(",");
  } catch {
    return "absent";
  }
}

/** A file's sections; read again only when its time or size changed. A file that cannot be read has none, as for the SDK, and says why. */
function snapshot(path: string): Snapshot {
  try {
    const stat = fs.statSync(path, { throwIfNoEntry: false });
    if (!stat) return NOTHING;
    const version = `${stat.mtimeMs}:${stat.size}`;
    const known = snapshots.get(path);
    if (known?.version === version) return known;
    const fresh = { version, file: parseSharedFile(fs.readFileSync(path, "utf8")) };
    snapshots.set(path, fresh);
    return fresh;
  } catch (error) {
    const flaw = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return { ...NOTHING, version: flaw, flaw };
  }
}

function expanded(path: string, env: Environment): string {
  return path.startsWith("~/") ? join(home(env), path.slice(2)) : path;
}

function home(env: Environment): string {
  return env["HOME"] || env["USERPROFILE"] || os().homedir();
}
