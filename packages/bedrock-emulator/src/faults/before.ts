import { setTimeout as delay } from "node:timers/promises";
import { AuthFailure } from "../auth/auth-failure.ts";
import type { Caller } from "../auth/authenticate.ts";
import { denial } from "../auth/denial.ts";
import type { Route } from "../http/routes.ts";
import { ServiceError } from "../http/service-error.ts";
import type { EmulatorState } from "../state.ts";
import type { Fault } from "./fault.ts";

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
      throw new ServiceError(fault.type, fault.message);
    case "expired":
      throw caller?.kind === "bearer"
        ? new AuthFailure("bearer-expired", "Bearer Token has expired")
        : new AuthFailure("expired", "The security token included in the request is expired");
    case "denied":
      throw new ServiceError("AccessDeniedException", denial(route, caller, state, "identity"), "access");
    default:
  }
}
