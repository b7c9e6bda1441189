import { partitionOf, suffixOf } from "./partitions.ts";

/** A host name of AWS taken apart: `bedrock-runtime-fips.us-gov-west-1.amazonaws.com`. */
export interface AwsHost {
  readonly region: string;
  /** `bedrock-runtime`, `bedrock-runtime-fips`, … */
  readonly label: string;
  readonly dualStack: boolean;
  /** An interface endpoint of PrivateLink, whose name is its own: it cannot be moved to another region. */
  readonly privateLink: boolean;
}

const REGION_LABEL = /^[a-z]{2,5}(?:-[a-z]+)+-\d{1,2}$/u;

/** Takes a host of AWS apart; undefined for every other host. */
export function parseAwsHost(host: string): AwsHost | undefined {
  const name = host.toLowerCase();
  const suffix = suffixOf(name);
  if (!suffix) return undefined;
  const labels = name.split(".");
  const at = labels.findIndex((label) => REGION_LABEL.test(label));
  const region = labels[at];
  const label = labels[at - 1];
  if (region === undefined || label === undefined) return undefined;
  return { region, label, dualStack: suffix.dualStack, privateLink: at > 1 || labels[at + 1] === "vpce" };
}

/** The host of the same service, FIPS and dual-stack kind in another region. */
export function awsHostName(label: string, region: string, dualStack: boolean): string {
  const partition = partitionOf(region);
  return `${label}.${region}.${dualStack ? partition.dualStackSuffix : partition.suffix}`;
}

/** Whether a text has the shape of a region name. */
export function isRegionName(text: string): boolean {
  return REGION_LABEL.test(text);
}
