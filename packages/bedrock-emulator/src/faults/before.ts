import { setTimeout as delay } from "node:timers/promises";
import { AuthFailure } from "../auth/auth-failure.ts";
import type { Caller } from "../auth/authenticate.ts";
import type { Route } from "../http/routes.ts";
import { ServiceError } from "../http/service-error.ts";
import { modelArn } from "../models/profiles.ts";
import type { EmulatorState } from "../state.ts";
import type { Fault } from "./fault.ts";

/** The faults that come before an operation. Throws the refusals that they are. */
export async function sufferBefore(
  fault: Fault | undefined,
  route: Route,
  caller: Caller,
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
      throw caller.kind === "bearer"
        ? new AuthFailure("bearer-expired", "Bearer Token has expired")
        : new AuthFailure("expired", "The security token included in the request is expired");
    case "denied":
      throw new ServiceError("AccessDeniedException", denial(route, caller, state), "access");
    default:
  }
}

const actions: Readonly<Record<string, string>> = {
  Converse: "InvokeModel",
  ConverseStream: "InvokeModelWithResponseStream",
};

/** The words of a denial by an identity policy. */
function denial(route: Route, caller: Caller, state: EmulatorState): string {
  const session = caller.accessKeyId === undefined ? undefined : state.identity.sessions.find(caller.accessKeyId);
  const who = session?.arn ?? `arn:aws:iam::${state.accountId}:user/emulator`;
  const mantle = route.surface === "mantle" || route.surface === "messages";
  const action = mantle ? "bedrock-mantle:CreateInference" : `bedrock:${actions[route.operation] ?? route.operation}`;
  const [id = ""] = route.parameters;
  const resource =
    route.surface !== "runtime"
      ? "*"
      : id.startsWith("arn:")
        ? id
        : modelArn(caller.region, id.replace(/^(us|eu|apac|global)\./, ""));
  return `User: ${who} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
}
