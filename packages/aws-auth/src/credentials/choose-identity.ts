import type { AwsCredentialIdentity } from "@smithy/types";
import { AwsAuthError } from "../aws-auth-error.ts";
import { type Environment, present } from "../environment.ts";
import type { SharedFiles } from "../shared-files/shared-files.ts";
import type { AwsSessionOptions, CredentialDescription } from "../types.ts";
import { describeChain, type Flaw, uselessProfile } from "./describe-chain.ts";
import { profileKind } from "./profile-kind.ts";
import { type LoadOptions, loadChain, loadProfile } from "./sdk-providers.ts";

/** How the caller proves who it is: a bearer token, or credentials that sign. */
export type Identity =
  | {
      readonly kind: "bearer";
      readonly description: CredentialDescription;
      readonly token: string;
      /** Whether it stands in the environment, where another may take its place. */
      readonly ambient: boolean;
    }
  | {
      readonly kind: "credentials";
      readonly description: CredentialDescription;
      readonly load: (options: LoadOptions) => Promise<AwsCredentialIdentity>;
      /** What is half configured, for the error if nothing is found. */
      readonly flaws: readonly Flaw[];
    };

type IdentityOptions = Pick<AwsSessionOptions, "bearerToken" | "credentials" | "profile">;

/**
 * Chooses the identity: an explicit bearer token, explicit credentials, an explicit profile, an ambient bearer token, the
 * AWS SDK's default chain. Nothing is resolved yet.
 * @throws AwsAuthError of kind `invalid-config` for half a key pair given as an option.
 */
export function chooseIdentity(options: IdentityOptions, env: Environment, files: SharedFiles): Identity {
  const ambientToken = present(env["AWS_BEARER_TOKEN_BEDROCK"]);
  const unused = ambientToken ? " AWS_BEARER_TOKEN_BEDROCK is set, but an option wins." : "";

  const explicitToken = present(options.bearerToken);
  if (explicitToken) {
    const description = { kind: "bearer", source: "option bearerToken", why: `It was given.${unused}` } as const;
    return { kind: "bearer", description, token: explicitToken, ambient: false };
  }
  if (options.credentials) {
    const load = explicitCredentials(options.credentials);
    const description = { kind: "explicit", source: "option credentials", why: `It was given.${unused}` } as const;
    return { kind: "credentials", description, load, flaws: [] };
  }
  const profile = present(options.profile);
  if (profile) return explicitProfile(profile, files, unused);

  const { description: chain, flaws } = describeChain(env, files);
  if (ambientToken) {
    const others = chain.kind === "none" || chain.kind === "instance-metadata" ? "" : ` Not used: ${chain.source}.`;
    const why = `A bearer token comes before the AWS SDK's credential chain.${others}`;
    const description = { kind: "bearer", source: "AWS_BEARER_TOKEN_BEDROCK", why } as const;
    return { kind: "bearer", description, token: ambientToken, ambient: true };
  }
  return { kind: "credentials", description: chain, load: loadChain, flaws };
}

function explicitCredentials(
  given: NonNullable<AwsSessionOptions["credentials"]>,
): () => Promise<AwsCredentialIdentity> {
  if (typeof given === "function") return () => given();
  if (!present(given.accessKeyId) || !present(given.secretAccessKey)) {
    const missing = present(given.accessKeyId) ? "secretAccessKey" : "accessKeyId";
    throw new AwsAuthError({
      kind: "invalid-config",
      problem: `The option credentials has no ${missing}`,
      fix: "Give both accessKeyId and secretAccessKey, or leave credentials out",
    });
  }
  return async () => given;
}

function explicitProfile(profile: string, files: SharedFiles, unused: string): Identity {
  const section = files.profile(profile);
  const kind = section && profileKind(section);
  if (kind) {
    const description = {
      kind: "profile",
      source: `profile "${profile}" (${kind})`,
      why: `The option profile names it.${unused}`,
    } as const;
    return { kind: "credentials", description, load: (options) => loadProfile(profile, options), flaws: [] };
  }
  const flaw = uselessProfile(profile, section, files);
  const description = {
    kind: "none",
    source: `profile "${profile}"`,
    why: `The option names it, but ${flaw.problem}.`,
  } as const;
  const load = async (): Promise<never> => {
    throw new AwsAuthError({ kind: "invalid-config", ...flaw });
  };
  return { kind: "credentials", description, load, flaws: [flaw] };
}
