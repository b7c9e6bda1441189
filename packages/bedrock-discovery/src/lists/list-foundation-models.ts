import type { BedrockClient, FoundationModelSummary } from "@aws-sdk/client-bedrock";

/** A foundation model as the service lists it. */
export interface ListedModel extends FoundationModelSummary {
  readonly modelId: string;
}

/**
 * The foundation models of the client's region; the service has no pages here.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListFoundationModels.html
 */
export async function listFoundationModels(client: BedrockClient, abortSignal: AbortSignal): Promise<ListedModel[]> {
  const { ListFoundationModelsCommand } = await import("@aws-sdk/client-bedrock");
  const { modelSummaries = [] } = await client.send(new ListFoundationModelsCommand({}), { abortSignal });
  return modelSummaries.flatMap(read);
}

function read(summary: FoundationModelSummary): ListedModel[] {
  const modelId = summary.modelId?.trim();
  if (!modelId) return [];
  // An entry may come as null.
  const inputModalities = (summary.inputModalities ?? []).filter(Boolean);
  const outputModalities = (summary.outputModalities ?? []).filter(Boolean);
  return [{ ...summary, modelId, inputModalities, outputModalities }];
}
