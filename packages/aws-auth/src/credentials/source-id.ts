import { type Environment, present } from "../environment.ts";
import type { SharedFiles } from "../shared-files/shared-files.ts";
import type { AwsSessionOptions, CredentialDescription } from "../types.ts";
import type { Identity } from "./choose-identity.ts";
import { machineId } from "./machine-id.ts";

export interface SourcePlaces {
  readonly options: Pick<AwsSessionOptions, "credentials" | "credentialsId" | "profile">;
  readonly env: Environment;
  readonly files: SharedFiles;
  readonly machine?: () => string;
}

/** Settings of a profile that say who it is and that do not change when its credentials are renewed. */
const TELLING = [
  ...["role_arn", "credential_source", "web_identity_token_file", "login_session", "aws_account_id"],
  ...["sso_session", "sso_start_url", "sso_region", "sso_account_id", "sso_role_name", "aws_access_key_id"],
] as const;
/** Those that may hold a secret: a command may name a password. */
const SENSITIVE = ["external_id", "credential_process"] as const;

/**
 * A name for the source of an identity, without asking it: the same for as long as the same source is configured, whatever
 * credentials it gives, and another for another account. Holds no secret: what may be one is hashed.
 *
 * A bearer token and static keys are their own source. Temporary keys in the environment or in a profile have nothing that
 * lasts, so their key id stands for them.
 */
export function sourceId(identity: Identity, places: SourcePlaces): string {
  const { kind } = identity.description;
  return `${kind}:${identity.kind === "bearer" ? hash(identity.token) : (JSON.stringify(toldBy(kind, places)) ?? "")}`;
}

function toldBy(kind: CredentialDescription["kind"], places: SourcePlaces): unknown {
  const { env, machine = machineId } = places;
  switch (kind) {
    case "explicit":
      return explicit(places.options);
    case "env":
      return env["AWS_ACCESS_KEY_ID"];
    case "web-identity":
      return env["AWS_ROLE_ARN"];
    case "container":
      return container(places);
    case "instance-metadata":
      return machine();
    default:
      return profile(present(places.options.profile) ?? (env["AWS_PROFILE"] || "default"), places, new Set());
  }
}

function explicit({ credentials, credentialsId }: SourcePlaces["options"]): unknown {
  const named = present(credentialsId);
  if (named) return { named };
  return typeof credentials === "function" ? providerId(credentials) : credentials?.accessKeyId;
}

const providers = new WeakMap<object, string>();

/** Nothing is known of a function, not even in the next process that it is the same. */
function providerId(provider: object): string {
  const known = providers.get(provider) ?? crypto.randomUUID();
  providers.set(provider, known);
  return known;
}

/** Every pod of a cluster has the same address, so the machine tells them apart. */
function container({ env, machine = machineId }: SourcePlaces): unknown {
  return [env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"], env["AWS_CONTAINER_CREDENTIALS_FULL_URI"], machine()];
}

function profile(name: string, places: SourcePlaces, seen: Set<string>): unknown {
  const section = places.files.profile(name);
  if (!section || seen.has(name)) return [name];
  seen.add(name);
  const session = section.get("sso_session");
  const source = section.get("source_profile");
  return [
    name,
    Object.fromEntries(TELLING.map((setting) => [setting, section.get(setting)])),
    SENSITIVE.map((setting) => hash(section.get(setting))),
    session === undefined ? undefined : places.files.ssoSession(session)?.get("sso_start_url"),
    source === undefined ? undefined : profile(source, places, seen),
    credentialSource(section.get("credential_source"), places),
  ];
}

function credentialSource(source: string | undefined, { env, machine = machineId, ...places }: SourcePlaces): unknown {
  if (source === "Environment") return env["AWS_ACCESS_KEY_ID"];
  if (source === "EcsContainer") return container({ env, machine, ...places });
  return source === "Ec2InstanceMetadata" ? machine() : undefined;
}

/** Loaded only here: it takes longer to load than all the rest of this package. */
function hash(secret: string | undefined): string | undefined {
  if (secret === undefined) return undefined;
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(secret).digest("hex").slice(0, 32);
}
