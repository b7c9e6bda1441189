import type { ResolvedModel } from "../types.ts";

/** The geographies whose inference profiles are called from regions that begin so; the narrowest first. */
const GEOGRAPHIES: readonly (readonly [region: string, geographies: readonly string[]])[] = [
  ["us-gov-", ["us-gov"]],
  ["us-", ["us"]],
  ["ca-", ["us", "ca"]],
  ["eu-", ["eu"]],
  ["ap-northeast-1", ["jp", "apac"]],
  ["ap-northeast-3", ["jp", "apac"]],
  ["ap-southeast-2", ["au", "apac"]],
  ["ap-southeast-4", ["au", "apac"]],
  ["ap-", ["apac"]],
];

/**
 * Ids of inference profiles that may contain a foundation model, as a hint for people: whether AWS lists them is not known
 * here. Empty for what is a profile already.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
export function profileIds({ ref, baseId }: ResolvedModel, region: string): readonly string[] {
  if (ref.kind !== "foundation-model" || baseId === undefined) return [];
  const geographies = GEOGRAPHIES.find(([prefix]) => region.startsWith(prefix))?.[1] ?? [];
  return [...geographies, ...(region.startsWith("us-gov-") ? [] : ["global"])].map(
    (geography) => `${geography}.${baseId}`,
  );
}
