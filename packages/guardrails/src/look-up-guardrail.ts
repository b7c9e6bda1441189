import type { GetGuardrailCommandOutput } from "@aws-sdk/client-bedrock";
import type { AwsSession } from "@clawrock/aws-auth";
import { BedrockError, toBedrockError } from "@clawrock/conversation";
import { type GuardrailConfig, parseGuardrailConfig } from "./config.ts";
import { parseGuardrailIdentifier } from "./identifier.ts";
import { checkGuardrailPlace } from "./place.ts";

export interface LookUpOptions {
  readonly aws: AwsSession;
  readonly guardrail: GuardrailConfig;
  readonly signal?: AbortSignal | undefined;
}

/** A guardrail as the account has it. */
export interface GuardrailDescription {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly version: string;
  /** `READY`, or what it is instead, such as `UPDATING` or `FAILED`. */
  readonly status: string;
  /** Why it is not ready, as the service says. */
  readonly statusReasons: readonly string[];
  /** When this version was last changed. */
  readonly updatedAt: Date | undefined;
}

/** The IAM action that `lookUpGuardrail` needs; to apply a guardrail is another. */
export const GET_GUARDRAIL = "bedrock:GetGuardrail";

/**
 * Whether a configured guardrail is there, in that version, where the session's requests go. Nothing of it is billed.
 *
 * @throws BedrockError of kind `invalid-config` where there is no such guardrail or version, `wrong-region` for an ARN of
 * another region, `access-denied` where the identity may not look or another account does not share it, and every other kind.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetGuardrail.html
 */
export async function lookUpGuardrail(options: LookUpOptions): Promise<GuardrailDescription> {
  const { aws, signal } = options;
  const guardrail = parseGuardrailConfig(options.guardrail);
  const region = aws.region.name;
  checkGuardrailPlace(guardrail, { region });
  const sdk = await import("@aws-sdk/client-bedrock");
  const client = new sdk.BedrockClient(aws.clientConfig("bedrock"));
  const get = async (guardrailVersion: string): Promise<GetGuardrailCommandOutput> =>
    client.send(new sdk.GetGuardrailCommand({ ...guardrail, guardrailVersion }), signal ? { abortSignal: signal } : {});
  const { guardrailIdentifier, guardrailVersion } = guardrail;
  try {
    return described(await get(guardrailVersion), guardrail);
  } catch (thrown) {
    const error = toBedrockError(thrown, { action: `Looking up guardrail ${guardrailIdentifier}`, region });
    if (error.service?.status !== 404) throw error;
    const draft = guardrailVersion === "DRAFT" ? false : await get("DRAFT").then(Boolean, () => false);
    throw draft ? noVersion(guardrail, region, error) : noGuardrail(guardrail, region, error);
  }
}

function described(
  answer: GetGuardrailCommandOutput,
  { guardrailIdentifier, guardrailVersion }: GuardrailConfig,
): GuardrailDescription {
  const { guardrailId, guardrailArn, name, version, status, statusReasons, updatedAt } = answer;
  const id = parseGuardrailIdentifier(guardrailIdentifier)?.id ?? guardrailIdentifier;
  return {
    id: guardrailId ?? id,
    arn: guardrailArn ?? "",
    name: name ?? id,
    version: version ?? guardrailVersion,
    status: status ?? "unknown",
    statusReasons: statusReasons ?? [],
    updatedAt,
  };
}

function noGuardrail({ guardrailIdentifier }: GuardrailConfig, region: string, cause: BedrockError): BedrockError {
  return missing(
    `There is no guardrail ${guardrailIdentifier} in ${region} for this account`,
    `Write as guardrailIdentifier one of \`aws bedrock list-guardrails --region ${region}\`, or send the requests to the guardrail's region`,
    cause,
  );
}

function noVersion(
  { guardrailIdentifier, guardrailVersion }: GuardrailConfig,
  region: string,
  cause: BedrockError,
): BedrockError {
  const list = `aws bedrock list-guardrails --guardrail-identifier ${guardrailIdentifier} --region ${region}`;
  return missing(
    `Guardrail ${guardrailIdentifier} has no version ${guardrailVersion} in ${region}`,
    `Write as guardrailVersion one of \`${list}\`, or publish that version`,
    cause,
  );
}

function missing(problem: string, fix: string, cause: BedrockError): BedrockError {
  return new BedrockError({ kind: "invalid-config", problem, fix, service: cause.service, cause });
}
