import { setTimeout as delay } from "node:timers/promises";
import { AuthFailure } from "../auth/auth-failure.ts";
import { authRefusal } from "../auth/auth-refusals.ts";
import type { Caller } from "../auth/authenticate.ts";
import { denial } from "../auth/denial.ts";
import type { Route } from "../http/routes.ts";
import { ServiceError } from "../http/service-error.ts";
import type { EmulatorState } from "../state.ts";
import type { Fault } from "./fault.ts";
import { refusalOfFault } from "./parse-fault.ts";

/** The faults that come before an operation. Throws the refusals that they are. */
export async function sufferBefore(
  fault: Fault | undefined,
  route: Route,
  caller: Caller | undefined,
  state: EmulatorState,
  signal: AbortSignal,
): Promise<void> {
  switch (fault?.kind) {
    case "latency":
      await delay(fault.ms, undefined, { signal });
      return;
    case "error":
      throw new ServiceError(fault.type, refusalOfFault(fault));
    case "expired":
      throw caller?.kind === "bearer"
        ? new AuthFailure("bearer-expired", authRefusal("api-key-expired"))
        : new AuthFailure("expired", authRefusal("session-expired"));
    case "denied":
      throw new ServiceError(
        "AccessDeniedException",
        authRefusal("policy-denied", denial(route, caller, state, "identity")),
        "access",
      );
    default:
  }
}
