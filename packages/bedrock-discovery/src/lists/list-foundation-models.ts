import type { BedrockClient } from "@aws-sdk/client-bedrock";
import type { Listed } from "./pages.ts";
import { dayOf, idOf, recordsOf, textOf, type Unread, wordsOf } from "./read.ts";

/** A foundation model as the service lists it; words are in capitals. */
export interface ListedModel {
  readonly id: string;
  readonly name: string;
  readonly provider: string | undefined;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly streaming: boolean;
  readonly inferenceTypes: readonly string[];
  readonly status: string | undefined;
  /** The day on which Bedrock will remove it. */
  readonly endOfLife: string | undefined;
}

/**
 * The foundation models of the client's region; the service has no pages here.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListFoundationModels.html
 */
export async function listFoundationModels(
  client: BedrockClient,
  abortSignal: AbortSignal,
): Promise<Listed<ListedModel>> {
  try {
    const { ListFoundationModelsCommand } = await import("@aws-sdk/client-bedrock");
    const { modelSummaries } = await client.send(new ListFoundationModelsCommand({}), { abortSignal });
    return { rows: recordsOf(modelSummaries).flatMap(readModel), error: undefined };
  } catch (error) {
    return { rows: [], error };
  }
}

/** A row of the list; none without an id. */
export function readModel(summary: Unread): ListedModel[] {
  const id = idOf(summary["modelId"]);
  if (id === undefined) return [];
  const [lifecycle = {}] = recordsOf([summary["modelLifecycle"]]);
  return [
    {
      id,
      name: textOf(summary["modelName"]) ?? id,
      provider: textOf(summary["providerName"]),
      input: wordsOf(summary["inputModalities"]),
      output: wordsOf(summary["outputModalities"]),
      streaming: summary["responseStreamingSupported"] === true,
      inferenceTypes: wordsOf(summary["inferenceTypesSupported"]),
      status: textOf(lifecycle["status"])?.toUpperCase(),
      endOfLife: dayOf(lifecycle["endOfLifeTime"]),
    },
  ];
}
