/** A guardrail's id, and where it lives if it was given as an ARN. */
export interface GuardrailIdentifier {
  readonly id: string;
  readonly partition: string | undefined;
  readonly region: string | undefined;
  readonly accountId: string | undefined;
}

const ID = /^[a-z0-9]+$/u;
const ARN =
  /^arn:(?<partition>aws(?:-[^:]+)?):bedrock:(?<region>[a-z0-9-]{1,20}):(?<accountId>\d{12}):guardrail\/(?<id>[a-z0-9]+)$/u;

/**
 * Takes a guardrail id or ARN apart; `undefined` if it is neither. The forms are those of the service model
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ApplyGuardrail.html, `guardrailIdentifier`).
 */
export function parseGuardrailIdentifier(value: string): GuardrailIdentifier | undefined {
  if (value.length > 2048) return undefined;
  if (ID.test(value)) return { id: value, partition: undefined, region: undefined, accountId: undefined };
  const parts = ARN.exec(value)?.groups;
  if (!parts?.["id"]) return undefined;
  return {
    id: parts["id"],
    partition: parts["partition"],
    region: parts["region"],
    accountId: parts["accountId"],
  };
}
