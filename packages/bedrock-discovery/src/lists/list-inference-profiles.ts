import type { BedrockClient, InferenceProfileSummary } from "@aws-sdk/client-bedrock";
import { BedrockError } from "@clawrock/conversation";

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
const MAX_PAGES = 100;

/**
 * All inference profiles of the client's region. Asked for by type, both at once: without a type the service leaves the
 * application profiles out.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListInferenceProfiles.html
 */
export async function listInferenceProfiles(client: BedrockClient, signal: AbortSignal): Promise<ListedProfile[]> {
  const lists = await Promise.all([
    listOfType(client, "SYSTEM_DEFINED", signal),
    listOfType(client, "APPLICATION", signal),
  ]);
  return lists.flat();
}

async function listOfType(
  client: BedrockClient,
  type: ListedProfile["type"],
  abortSignal: AbortSignal,
): Promise<ListedProfile[]> {
  const { ListInferenceProfilesCommand } = await import("@aws-sdk/client-bedrock");
  const profiles: ListedProfile[] = [];
  const seen = new Set<string>();
  let nextToken: string | undefined;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const answer = await client.send(
      new ListInferenceProfilesCommand({ typeEquals: type, maxResults: PAGE_SIZE, nextToken }),
      { abortSignal },
    );
    profiles.push(...(answer.inferenceProfileSummaries ?? []).flatMap((summary) => read(summary, type)));
    nextToken = answer.nextToken;
    if (!nextToken) return profiles;
    if (seen.has(nextToken)) break;
    seen.add(nextToken);
  }
  throw new BedrockError({
    kind: "protocol",
    problem: `ListInferenceProfiles does not end: it repeats a page or has more than ${MAX_PAGES}`,
    fix: "Check the endpoint that answers",
  });
}

function read(summary: InferenceProfileSummary, type: ListedProfile["type"]): ListedProfile[] {
  const id = summary.inferenceProfileId?.trim();
  const arn = summary.inferenceProfileArn?.trim();
  if (!id || !arn) return [];
  return [
    {
      id,
      arn,
      name: summary.inferenceProfileName?.trim() || id,
      type,
      active: summary.status?.toUpperCase() === "ACTIVE",
      modelArns: (summary.models ?? []).flatMap(({ modelArn }) => modelArn ?? []),
    },
  ];
}
