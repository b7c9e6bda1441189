import type { Caller } from "../auth/authenticate.ts";
import { denial } from "../auth/denial.ts";
import type { Route } from "../http/routes.ts";
import { invalid, ServiceError } from "../http/service-error.ts";
import type { EmulatorState } from "../state.ts";

/**
 * Why an account cannot use a model
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html):
 * - `no-access`: access to the model was not granted (403)
 * - `use-case-form`: the vendor's form was not sent (404)
 * - `marketplace`: the role may not subscribe to the model (403)
 * - `payment`: the account has no valid means of payment (403)
 * - `end-of-life`: the version is no longer served (404)
 * - `legacy-idle`: a legacy model that the account did not use of late (404)
 * - `denied`, `denied-by-organization`: by an identity policy, by a service control policy (403)
 * - `barred`: the account as a whole (400)
 */
export type AccountAccess =
  | "no-access"
  | "use-case-form"
  | "marketplace"
  | "payment"
  | "end-of-life"
  | "legacy-idle"
  | "denied"
  | "denied-by-organization"
  | "barred";

const modelOperations = ["Converse", "ConverseStream", "InvokeModel", "InvokeModelWithResponseStream", "CountTokens"];

/** Refuses a runtime call of a model that the account cannot use. Throws the service's refusal. */
export function refuseByAccess(route: Route, caller: Caller, state: EmulatorState): void {
  if (!modelOperations.includes(route.operation)) return;
  const [id = ""] = route.parameters;
  const named = [id, baseIdOf(id, caller.region, state), "*"].find((key) => Object.hasOwn(state.access, key));
  const access = named === undefined ? undefined : state.access[named];
  if (access !== undefined) throw refusal(access, route, caller, state);
}

/** The foundation model behind an id; the id itself where there is none, for the operation to refuse. */
function baseIdOf(id: string, region: string, state: EmulatorState): string {
  try {
    return state.catalog.address(id, region).modelId;
  } catch {
    return id;
  }
}

function refusal(access: AccountAccess, route: Route, caller: Caller, state: EmulatorState): ServiceError {
  switch (access) {
    case "no-access":
      return forbidden("You don't have access to the model with the specified model ID.");
    case "use-case-form":
      return notFound(
        "Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model. If you have already filled out the form, try again in 15 minutes.",
      );
    case "marketplace":
      return forbidden(
        "Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model. If you recently fixed this issue, try again after 5 minutes.",
      );
    case "payment":
      return forbidden(
        "Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided.",
      );
    case "end-of-life":
      return notFound(
        "This model version has reached the end of its life. Please refer to the AWS documentation for more details.",
      );
    case "legacy-idle":
      return notFound(
        "Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days. Please upgrade to an active model on Amazon Bedrock",
      );
    case "denied":
      return new ServiceError("AccessDeniedException", denial(route, caller, state, "identity"), "access");
    case "denied-by-organization":
      return new ServiceError("AccessDeniedException", denial(route, caller, state, "organization"), "access");
    case "barred":
      return invalid("Operation not allowed");
  }
}

function forbidden(message: string): ServiceError {
  return new ServiceError("AccessDeniedException", message);
}

function notFound(message: string): ServiceError {
  return new ServiceError("ResourceNotFoundException", message);
}
