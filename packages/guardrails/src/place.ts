import { BedrockError } from "@clawrock/conversation";
import type { GuardrailConfig } from "./config.ts";
import { parseGuardrailIdentifier } from "./identifier.ts";

/** Where requests go and who sends them, as far as it is known. */
export interface RequestPlace {
  /** The region that requests are sent to. */
  readonly region: string;
  /** The account of the credentials, 12 digits. */
  readonly accountId?: string | undefined;
}

/**
 * Checks a guardrail given by ARN against the place of the requests, before the service answers that it "does not exist": a
 * guardrail works only in its own region. One of another account is no error, since accounts can share guardrails, and gives a
 * warning.
 *
 * @param path how the caller's file names the guardrail, as for `parseGuardrailConfig`
 * @returns one line for each doubt
 * @throws BedrockError of kind `wrong-region`
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-cross-region.html
 */
export function checkGuardrailPlace(config: GuardrailConfig, place: RequestPlace, path = "guardrail"): string[] {
  const known = parseGuardrailIdentifier(config.guardrailIdentifier);
  if (!known?.region) return [];
  if (known.region !== place.region) {
    throw new BedrockError({
      kind: "wrong-region",
      problem: `${path}.guardrailIdentifier is a guardrail of ${known.region}, but requests go to ${place.region}`,
      fix: `Use a guardrail of ${place.region}, or send the requests to ${known.region}`,
    });
  }
  if (place.accountId === undefined || place.accountId === known.accountId) return [];
  return [
    `${path}.guardrailIdentifier belongs to account ${known.accountId}, the credentials to ${place.accountId}: ` +
      "it works only if that account shares it",
  ];
}
