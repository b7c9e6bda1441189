import type { ModelAccess } from "../types.ts";

/** What the service says of a model and an account. */
export interface Availability {
  readonly agreementAvailability?:
    | { readonly status?: string | undefined; readonly errorMessage?: string | undefined }
    | undefined;
  readonly authorizationStatus?: string | undefined;
  readonly entitlementAvailability?: string | undefined;
  readonly regionAvailability?: string | undefined;
}

/** Whether access was granted, and one line for people if it was not. */
export interface AccessAnswer {
  readonly access: ModelAccess;
  readonly detail: string | undefined;
}

const GUIDE = "https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html";

/**
 * Reads an answer of GetFoundationModelAvailability. A word that nobody knows grants nothing and refuses nothing.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetFoundationModelAvailability.html
 */
export function readAvailability(answer: Availability, region: string): AccessAnswer {
  const { agreementAvailability: agreement, authorizationStatus, entitlementAvailability, regionAvailability } = answer;
  if (regionAvailability === "NOT_AVAILABLE")
    return refused(`The model is not available to this account in ${region}.`);
  if (authorizationStatus === "NOT_AUTHORIZED") {
    return refused(`This account may not use the model: ask whoever governs the organization's access (${GUIDE}).`);
  }
  if (agreement?.status === "ERROR") {
    const said = agreement.errorMessage ? `: ${agreement.errorMessage.replace(/\.\s*$/u, "")}` : "";
    return refused(`The agreement about the model failed${said}. Request access again (${GUIDE}).`);
  }
  if (agreement?.status === "PENDING")
    return refused("The agreement about the model is pending: try again in some minutes.");
  if (agreement?.status === "NOT_AVAILABLE") {
    return refused(
      "There is no agreement about the model yet: the first call makes it where the identity may aws-marketplace:Subscribe; " +
        `Anthropic's models ask for the use-case form before (${GUIDE}).`,
    );
  }
  if (entitlementAvailability === "NOT_AVAILABLE") {
    return refused(`The account has no entitlement to the model: request access (${GUIDE}).`);
  }
  const granted =
    agreement?.status === "AVAILABLE" &&
    authorizationStatus === "AUTHORIZED" &&
    entitlementAvailability === "AVAILABLE";
  if (granted) return { access: "granted", detail: undefined };
  return {
    access: "unknown",
    detail: "The service's answer about the access to the model says nothing that is known.",
  };
}

function refused(detail: string): AccessAnswer {
  return { access: "not granted", detail };
}
