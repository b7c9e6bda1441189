import { invalid } from "../http/service-error.ts";
import type { AccountAccess } from "../models/account-access.ts";
import type { EmulatorState } from "../state.ts";
import { controlRefusal } from "./control-refusals.ts";

const idPattern = "[a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([.:]?[a-z0-9-]{1,63})*";

const AVAILABLE = {
  agreementAvailability: { status: "AVAILABLE" },
  authorizationStatus: "AUTHORIZED",
  entitlementAvailability: "AVAILABLE",
  regionAvailability: "AVAILABLE",
};
const NO_AGREEMENT = { agreementAvailability: { status: "NOT_AVAILABLE" }, entitlementAvailability: "NOT_AVAILABLE" };
const NOT_ENTITLED = { entitlementAvailability: "NOT_AVAILABLE" };
const NOT_AUTHORIZED = { authorizationStatus: "NOT_AUTHORIZED" };

/** What the service says of each lack is not documented: the field that it is about by the service's model. */
const LACKING: Readonly<Record<AccountAccess, object>> = {
  "no-access": NO_AGREEMENT,
  "use-case-form": NO_AGREEMENT,
  marketplace: { ...NO_AGREEMENT, ...NOT_AUTHORIZED },
  payment: {
    agreementAvailability: { status: "ERROR", errorMessage: "A valid payment instrument must be provided." },
    ...NOT_ENTITLED,
  },
  "end-of-life": NOT_ENTITLED,
  "legacy-idle": NOT_ENTITLED,
  denied: NOT_AUTHORIZED,
  "denied-by-organization": NOT_AUTHORIZED,
  barred: NOT_AUTHORIZED,
};

/**
 * `GET /foundation-model-availability/{modelId}`: everything in the table is available, but for what the account lacks by
 * option (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetFoundationModelAvailability.html).
 */
export function foundationModelAvailability({ catalog, access }: EmulatorState, modelId: string): object {
  if (!new RegExp(`^${idPattern}$`).test(modelId)) throw invalid(controlRefusal("availability-id", modelId, idPattern));
  if (!catalog.models.some((row) => row.modelId === modelId)) {
    throw invalid(controlRefusal("availability-model"));
  }
  const named = [modelId, "*"].find((key) => Object.hasOwn(access, key));
  const lack = named === undefined ? undefined : access[named];
  return { modelId, ...AVAILABLE, ...(lack === undefined ? {} : LACKING[lack]) };
}
