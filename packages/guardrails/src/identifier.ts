import { parseArn } from "@clawrock/model-capabilities";

/** A guardrail's id, and where it lives if it was given as an ARN. */
export interface GuardrailIdentifier {
  readonly id: string;
  readonly partition: string | undefined;
  readonly region: string | undefined;
  readonly accountId: string | undefined;
}

const ID = /^[a-z0-9]+$/u;

/**
 * Takes a guardrail id or ARN apart; `undefined` if it is neither. The forms are those of the service model
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ApplyGuardrail.html, `guardrailIdentifier`).
 */
export function parseGuardrailIdentifier(value: string): GuardrailIdentifier | undefined {
  if (ID.test(value)) return { id: value, partition: undefined, region: undefined, accountId: undefined };
  // The service compares letter by letter, so an ARN that only resembles one is none.
  if (value !== value.toLowerCase() || /\s/u.test(value) || value.length > 2048) return undefined;
  const parsed = parseArn(value);
  if (parsed?.resourceType !== "guardrail" || !ID.test(parsed.resourceId)) return undefined;
  const { partition, service, region, accountId } = parsed.arn;
  if (service !== "bedrock" || region === "" || !/^\d{12}$/u.test(accountId)) return undefined;
  return { id: parsed.resourceId, partition, region, accountId };
}
