import type { BedrockClient } from "@aws-sdk/client-bedrock";
import { allPages, type Listed } from "./pages.ts";
import { idOf, recordsOf, textOf, type Unread } from "./read.ts";

/** An inference profile as the service lists it. */
export interface ListedProfile {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly type: "SYSTEM_DEFINED" | "APPLICATION";
  readonly active: boolean;
  /** ARNs of the foundation models behind it, one for each region. */
  readonly modelArns: readonly string[];
}

/** The most the service takes; whatever it gives, its token leads on. */
const PAGE_SIZE = 1000;

/**
 * All inference profiles of a type in the client's region. Each type is asked for by itself: without a type the service leaves
 * the application profiles out.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListInferenceProfiles.html
 */
export function listInferenceProfiles(
  client: BedrockClient,
  type: ListedProfile["type"],
  maxPages: number,
  abortSignal: AbortSignal,
): Promise<Listed<ListedProfile>> {
  return allPages("ListInferenceProfiles", maxPages, async (nextToken) => {
    const { ListInferenceProfilesCommand } = await import("@aws-sdk/client-bedrock");
    const command = new ListInferenceProfilesCommand({ typeEquals: type, maxResults: PAGE_SIZE, nextToken });
    const answer = await client.send(command, { abortSignal });
    const rows = recordsOf(answer.inferenceProfileSummaries).flatMap((summary) => readProfile(summary, type));
    return { rows, nextToken: answer.nextToken };
  });
}

/** A row of the list; none without id and ARN. */
export function readProfile(summary: Unread, type: ListedProfile["type"]): ListedProfile[] {
  const id = idOf(summary["inferenceProfileId"]);
  const arn = idOf(summary["inferenceProfileArn"]);
  if (id === undefined || arn === undefined) return [];
  return [
    {
      id,
      arn,
      name: textOf(summary["inferenceProfileName"]) ?? id,
      type,
      active: textOf(summary["status"])?.toUpperCase() === "ACTIVE",
      modelArns: recordsOf(summary["models"]).flatMap(({ modelArn }) => idOf(modelArn) ?? []),
    },
  ];
}
