import { authRefusal } from "../auth/auth-refusals.ts";
import type { Caller } from "../auth/authenticate.ts";
import { denial } from "../auth/denial.ts";
import type { Call } from "../call.ts";
import type { Route } from "../http/routes.ts";
import { invalid, ServiceError } from "../http/service-error.ts";
import type { EmulatorState } from "../state.ts";
import { modelRefusal } from "./model-refusals.ts";

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

/** Refuses a call of Mantle's APIs for a model that the account cannot use, at Mantle or at the runtime. */
export function refuseByMantleAccess(call: Call, ids: readonly string[], byRuntime: boolean): void {
  const { state, caller, route } = call;
  const named = [...ids, "*"].find((key) => Object.hasOwn(state.access, key));
  const access = named === undefined ? undefined : state.access[named];
  if (access === undefined) return;
  const [id = ""] = ids;
  const asked: Route = byRuntime ? { surface: "runtime", operation: "InvokeModel", parameters: [id] } : route;
  throw refusal(access, asked, caller, state);
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
  const words = (by: "identity" | "organization"): string => denial(route, caller, state, by);
  switch (access) {
    case "no-access":
    case "marketplace":
    case "payment":
      return new ServiceError("AccessDeniedException", modelRefusal(access));
    case "use-case-form":
    case "end-of-life":
    case "legacy-idle":
      return new ServiceError("ResourceNotFoundException", modelRefusal(access));
    case "denied":
      return new ServiceError("AccessDeniedException", authRefusal("policy-denied", words("identity")), "access");
    case "denied-by-organization":
      return new ServiceError(
        "AccessDeniedException",
        authRefusal("organization-denied", words("organization")),
        "access",
      );
    case "barred":
      return invalid(modelRefusal("account-barred"));
  }
}
