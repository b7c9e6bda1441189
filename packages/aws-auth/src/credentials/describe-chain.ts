import { type Environment, present } from "../environment.ts";
import type { SharedFiles } from "../shared-files/shared-files.ts";
import type { CredentialDescription } from "../types.ts";
import { profileFlaw, profileKind } from "./profile-kind.ts";

/**
 * Which link of the AWS SDK's default chain will answer, without asking it: profile if `AWS_PROFILE` names a usable one,
 * else environment keys, else the default profile, web identity, container, instance metadata. With both keys and
 * `AWS_PROFILE` the SDK takes the profile. Whether a remote link answers is not known before it is asked.
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function describeChain(env: Environment, files: SharedFiles): CredentialDescription {
  const passed: string[] = [];
  const keys = Boolean(env["AWS_ACCESS_KEY_ID"] && env["AWS_SECRET_ACCESS_KEY"]);
  const name = env["AWS_PROFILE"];

  if (!name && keys) {
    const session = present(env["AWS_SESSION_TOKEN"]) ? ", with AWS_SESSION_TOKEN" : "";
    return {
      kind: "env",
      source: `AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY${session}`,
      why: "They are set and AWS_PROFILE is not.",
    };
  }
  if (keys) passed.push("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not used, because AWS_PROFILE is set");
  else passed.push(...halfPair(env));

  const profile = files.profile(name || "default");
  const kind = profile && profileKind(profile);
  if (kind) {
    const why = name ? "AWS_PROFILE names it" : "It is the default profile and AWS_PROFILE is not set";
    return { kind: "profile", source: `profile "${name || "default"}" (${kind})`, why: because(why, passed) };
  }
  if (name || profile) passed.push(`profile "${name || "default"}" ${profileFlaw(profile)}`);

  if (env["AWS_WEB_IDENTITY_TOKEN_FILE"] && env["AWS_ROLE_ARN"]) {
    return {
      kind: "web-identity",
      source: `role ${env["AWS_ROLE_ARN"]} by AWS_WEB_IDENTITY_TOKEN_FILE`,
      why: because("No environment keys and no usable profile", passed),
    };
  }
  const container = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"].find(
    (variable) => env[variable],
  );
  if (container) {
    return {
      kind: "container",
      source: `container credentials (${container})`,
      why: because("No environment keys, no usable profile, no web identity", passed),
    };
  }
  const disabled = env["AWS_EC2_METADATA_DISABLED"];
  if (disabled && disabled !== "false") {
    return {
      kind: "none",
      source: "no credentials",
      why: because("Nothing is configured, and AWS_EC2_METADATA_DISABLED rules out an instance role", passed),
    };
  }
  return {
    kind: "instance-metadata",
    source: "the role of this EC2 instance, if it has one",
    why: because("Nothing else is configured; whether the instance metadata service answers is not known yet", passed),
  };
}

function halfPair(env: Environment): string[] {
  const id = Boolean(env["AWS_ACCESS_KEY_ID"]);
  if (id === Boolean(env["AWS_SECRET_ACCESS_KEY"])) return [];
  return [
    id
      ? "AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY"
      : "AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID",
  ];
}

function because(reason: string, passed: readonly string[]): string {
  return `${[reason, ...passed].join("; ")}.`;
}
