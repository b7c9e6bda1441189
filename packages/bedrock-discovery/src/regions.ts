import type { AwsSession } from "@clawrock/aws-auth";
import type { DiscoverModelsOptions } from "./types.ts";

/** A view of the session for each region that is asked for. @throws AwsAuthError for a name that is no region's. */
export function viewsOf({ aws, regions }: Pick<DiscoverModelsOptions, "aws" | "regions">): AwsSession[] {
  const names = new Set((regions ?? []).map((name) => name.trim()).filter(Boolean));
  if (names.size === 0) return [aws];
  return [...names].map((region) => aws.in({ region }));
}
