import type { Route } from "../http/routes.ts";
import { modelArn } from "../models/profiles.ts";
import type { EmulatorState } from "../state.ts";
import type { Caller } from "./authenticate.ts";

const actions: Readonly<Record<string, string>> = {
  Converse: "InvokeModel",
  ConverseStream: "InvokeModelWithResponseStream",
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockpoweredbyawsmantle.html */
const mantleActions: Readonly<Record<string, string>> = { ListModels: "ListModels" };

const reasons = {
  identity: (action: string) => `because no identity-based policy allows the ${action} action`,
  organization: () =>
    "with an explicit deny in a service control policy: arn:aws:organizations::999999999999:policy/o-emulator/service_control_policy/p-emulator",
};

/** The words of a denial: by the caller's own policies, or by a service control policy of the organization. */
export function denial(
  route: Route,
  caller: Caller | undefined,
  state: EmulatorState,
  by: keyof typeof reasons,
): string {
  const session = state.identity.sessions.find(caller?.accessKeyId ?? "");
  const who = session?.arn ?? `arn:aws:iam::${state.accountId}:user/emulator`;
  const mantle = route.surface === "mantle" || route.surface === "messages";
  const action = mantle
    ? `bedrock-mantle:${mantleActions[route.operation] ?? "CreateInference"}`
    : `bedrock:${actions[route.operation] ?? route.operation}`;
  const resource = route.surface === "runtime" ? resourceOf(route.parameters[0] ?? "", caller?.region ?? "") : "*";
  return `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${reasons[by](action)}`;
}

/** A global profile is checked against the model without a region. */
function resourceOf(id: string, region: string): string {
  if (id.startsWith("arn:")) return id;
  if (id.startsWith("global.")) return modelArn("", id.slice("global.".length));
  return modelArn(region, id.replace(/^(us|eu|apac)\./, ""));
}
