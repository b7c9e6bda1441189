/** A partition of AWS: regions that share an account space and a domain. */
export interface Partition {
  readonly id: string;
  readonly regions: RegExp;
  /** Domain of the ordinary endpoints. */
  readonly suffix: string;
  /** Domain of the endpoints that answer IPv4 and IPv6. */
  readonly dualStackSuffix: string;
}

/**
 * The partitions of the AWS SDK's endpoint rules (`partitions.json`, shipped in `@aws-sdk/core` 3.981, 2026-11). A table,
 * because the rules come with a whole SDK client and an endpoint must be known without loading one; a test compares it
 * with what the SDK's clients resolve.
 * https://github.com/aws/aws-sdk-js-v3/blob/main/packages/util-endpoints/src/lib/aws/partitions.json
 */
const PARTITIONS: readonly [Partition, ...Partition[]] = [
  {
    id: "aws",
    regions: /^(?:us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/u,
    suffix: "amazonaws.com",
    dualStackSuffix: "api.aws",
  },
  {
    id: "aws-cn",
    regions: /^cn-\w+-\d+$/u,
    suffix: "amazonaws.com.cn",
    dualStackSuffix: "api.amazonwebservices.com.cn",
  },
  { id: "aws-us-gov", regions: /^us-gov-\w+-\d+$/u, suffix: "amazonaws.com", dualStackSuffix: "api.aws" },
  {
    id: "aws-eusc",
    regions: /^eusc-de-\w+-\d+$/u,
    suffix: "amazonaws.eu",
    dualStackSuffix: "api.amazonwebservices.eu",
  },
  { id: "aws-iso", regions: /^us-iso-\w+-\d+$/u, suffix: "c2s.ic.gov", dualStackSuffix: "api.aws.ic.gov" },
  { id: "aws-iso-b", regions: /^us-isob-\w+-\d+$/u, suffix: "sc2s.sgov.gov", dualStackSuffix: "api.aws.scloud" },
  {
    id: "aws-iso-e",
    regions: /^eu-isoe-\w+-\d+$/u,
    suffix: "cloud.adc-e.uk",
    dualStackSuffix: "api.cloud-aws.adc-e.uk",
  },
  {
    id: "aws-iso-f",
    regions: /^us-isof-\w+-\d+$/u,
    suffix: "csp.hci.ic.gov",
    dualStackSuffix: "api.aws.hci.ic.gov",
  },
];

/** The partition of a region; one nobody lists is taken for `aws`, as the SDK does. */
export function partitionOf(region: string): Partition {
  return PARTITIONS.find(({ regions }) => regions.test(region)) ?? PARTITIONS[0];
}

/** Whether a domain belongs to AWS, and if so, whether it is a dual-stack one. */
export function suffixOf(host: string): { readonly dualStack: boolean } | undefined {
  const under = (suffix: string): boolean => host.endsWith(`.${suffix}`);
  if (PARTITIONS.some(({ dualStackSuffix }) => under(dualStackSuffix))) return { dualStack: true };
  return PARTITIONS.some(({ suffix }) => under(suffix)) ? { dualStack: false } : undefined;
}
