import type { ArnParts } from "../types.ts";

/** An ARN of a model resource, taken apart. The resource id keeps its case. */
export interface ParsedArn {
  readonly arn: ArnParts;
  /** `foundation-model`, `application-inference-profile`, `endpoint`, …; lower case. */
  readonly resourceType: string;
  readonly resourceId: string;
}

const PARTITION = /^aws(-[a-z]+)*$/;
const REGION = /^[a-z0-9-]*$/;
const ACCOUNT = /^([0-9]{12}|aws)?$/;

/**
 * Takes an ARN of the form `arn:partition:service:region:account:type/id` apart; `undefined` for anything else.
 * Foundation models have an empty account, and in the targets of a global profile an empty region too.
 */
export function parseArn(text: string): ParsedArn | undefined {
  const [scheme, partition, service, region, accountId, ...rest] = text.trim().split(":");
  if (scheme?.toLowerCase() !== "arn" || partition === undefined || service === undefined) return undefined;
  if (region === undefined || accountId === undefined) return undefined;
  const resource = rest.join(":");
  const slash = resource.indexOf("/");
  if (slash <= 0 || slash === resource.length - 1) return undefined;
  const arn: ArnParts = {
    partition: partition.toLowerCase(),
    service: service.toLowerCase(),
    region: region.toLowerCase(),
    accountId: accountId.toLowerCase(),
  };
  if (!PARTITION.test(arn.partition) || arn.service === "") return undefined;
  if (!REGION.test(arn.region) || !ACCOUNT.test(arn.accountId)) return undefined;
  return { arn, resourceType: resource.slice(0, slash).toLowerCase(), resourceId: resource.slice(slash + 1) };
}

/** Why a text that begins as an ARN is none. */
export function arnProblem(text: string): string {
  const [, partition = "", service, region, accountId] = text.trim().split(":");
  const form = "not an ARN of the form arn:partition:service:region:account:type/id";
  if (service === undefined || region === undefined || accountId === undefined) return form;
  if (!PARTITION.test(partition.toLowerCase())) return `${form}: ${partition || "nothing"} is no partition of AWS`;
  if (!REGION.test(region.toLowerCase())) return `${form}: ${region} is no region`;
  if (!ACCOUNT.test(accountId.toLowerCase())) return `${form}: the account ${accountId} is not twelve digits`;
  return `${form}: the type or the id of the resource is missing`;
}

/** Puts an ARN together again. */
export function formatArn({ arn, resourceType, resourceId }: ParsedArn): string {
  return `arn:${arn.partition}:${arn.service}:${arn.region}:${arn.accountId}:${resourceType}/${resourceId}`;
}
