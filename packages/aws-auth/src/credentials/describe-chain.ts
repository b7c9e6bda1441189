import { type Environment, present } from "../environment.ts";
import type { Section } from "../shared-files/parse-shared-file.ts";
import type { SharedFiles } from "../shared-files/shared-files.ts";
import type { CredentialDescription } from "../types.ts";
import { profileFlaw, profileKind } from "./profile-kind.ts";

/** What stands in the way of credentials that were meant to be used. */
export interface Flaw {
  readonly problem: string;
  readonly fix: string;
}

export interface ChainDescription {
  readonly description: CredentialDescription;
  /** What is half configured and passed over, most telling first. */
  readonly flaws: readonly Flaw[];
}

/**
 * Which link of the AWS SDK's default chain will answer, without asking it: profile if `AWS_PROFILE` names a usable one,
 * else environment keys, else the default profile, web identity, container, instance metadata. With both keys and
 * `AWS_PROFILE` the SDK takes the profile. Whether a remote link answers is not known before it is asked.
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function describeChain(env: Environment, files: SharedFiles): ChainDescription {
  const flaws: Flaw[] = [];
  const notes: string[] = [];
  const found = (kind: CredentialDescription["kind"], source: string, reason: string): ChainDescription => {
    const why = `${[reason, ...notes, ...flaws.map(({ problem }) => problem)].join("; ")}.`;
    return { description: { kind, source, why }, flaws };
  };
  const keys = Boolean(env["AWS_ACCESS_KEY_ID"] && env["AWS_SECRET_ACCESS_KEY"]);
  const name = env["AWS_PROFILE"];

  if (!name && keys) {
    const session = present(env["AWS_SESSION_TOKEN"]) ? ", with AWS_SESSION_TOKEN" : "";
    const source = `AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY${session}`;
    return found("env", source, "They are set and AWS_PROFILE is not");
  }
  if (keys) notes.push("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not used, because AWS_PROFILE is set");
  else flaws.push(...halfPair(env));

  const profileName = name || "default";
  const profile = files.profile(profileName);
  const kind = profile && profileKind(profile);
  if (kind) {
    const why = name ? "AWS_PROFILE names it" : "It is the default profile and AWS_PROFILE is not set";
    return found("profile", `profile "${profileName}" (${kind})`, why);
  }
  if (name || profile || files.unreadable.length > 0) flaws.unshift(uselessProfile(profileName, profile, files));

  if (env["AWS_WEB_IDENTITY_TOKEN_FILE"] && env["AWS_ROLE_ARN"]) {
    const source = `role ${env["AWS_ROLE_ARN"]} by AWS_WEB_IDENTITY_TOKEN_FILE`;
    return found("web-identity", source, "No environment keys and no usable profile");
  }
  const container = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"].find(
    (variable) => env[variable],
  );
  if (container) {
    const source = `the container's credential endpoint (${container})`;
    return found("container", source, "No environment keys, no usable profile, no web identity");
  }
  const disabled = env["AWS_EC2_METADATA_DISABLED"];
  if (disabled && disabled !== "false") {
    const reason = "Nothing usable is configured, and AWS_EC2_METADATA_DISABLED rules out an instance role";
    return found("none", "no credentials", reason);
  }
  const reason = "Nothing usable is configured; the instance metadata service is the last place to ask";
  return found("instance-metadata", "the role of this EC2 instance, if it has one", reason);
}

/** A profile that is named or is the default, and resolves in no way. */
export function uselessProfile(name: string, profile: Section | undefined, { paths, unreadable }: SharedFiles): Flaw {
  if (unreadable.length > 0) return unreadableFlaw(unreadable);
  return {
    problem: `profile "${name}" ${profileFlaw(profile)} (${paths.join(", ")})`,
    fix: `Add what is missing with aws configure --profile ${name}, or name another profile`,
  };
}

function unreadableFlaw(unreadable: readonly string[]): Flaw {
  return {
    problem: `${unreadable.join(" and ")} cannot be read`,
    fix: "Make it a file that you may read (chmod u+r), or let AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name others",
  };
}

function halfPair(env: Environment): Flaw[] {
  const id = Boolean(env["AWS_ACCESS_KEY_ID"]);
  if (id === Boolean(env["AWS_SECRET_ACCESS_KEY"])) return [];
  const [set, missing] = id
    ? ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
    : ["AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"];
  return [{ problem: `${set} is set without ${missing}`, fix: `Set ${missing} too, or unset ${set}` }];
}
