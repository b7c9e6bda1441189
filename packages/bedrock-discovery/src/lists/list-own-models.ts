import type { BedrockClient } from "@aws-sdk/client-bedrock";
import type { DiscoveryList, OwnModelKind } from "../types.ts";
import { allPages, type Listed, type Page } from "./pages.ts";
import { idOf, recordsOf, textOf, type Unread } from "./read.ts";

/** A model of the account's own, or something else of its own that answers as one. */
export interface OwnModel {
  readonly kind: OwnModelKind;
  /** What to send as `modelId`. */
  readonly arn: string;
  readonly name: string;
  /** The models it was made from or sends to. */
  readonly modelArns: readonly string[];
  /** Why it cannot be invoked now. */
  readonly flaw: string | undefined;
}

interface OwnList {
  readonly list: DiscoveryList;
  readonly kind: OwnModelKind;
  readonly action: string;
  readonly ask: (client: BedrockClient, nextToken: string | undefined, signal: AbortSignal) => Promise<Page<OwnModel>>;
}

/**
 * The lists of what an account made itself, asked for only on request.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Amazon_Bedrock.html
 */
export const OWN_LISTS: readonly OwnList[] = [
  {
    list: "imported-models",
    kind: "imported",
    action: "ListImportedModels",
    ask: async (client, nextToken, abortSignal) => {
      const { ListImportedModelsCommand } = await import("@aws-sdk/client-bedrock");
      const answer = await client.send(new ListImportedModelsCommand({ nextToken }), { abortSignal });
      return page(answer.modelSummaries, answer.nextToken, (row) => ({
        ...named("imported", row["modelArn"], row["modelName"]),
        flaw:
          row["instructSupported"] === false
            ? "It was imported without a chat template: it takes no turns."
            : undefined,
      }));
    },
  },
  {
    list: "custom-models",
    kind: "custom",
    action: "ListCustomModels",
    ask: async (client, nextToken, abortSignal) => {
      const { ListCustomModelsCommand } = await import("@aws-sdk/client-bedrock");
      const answer = await client.send(new ListCustomModelsCommand({ nextToken }), { abortSignal });
      return page(answer.modelSummaries, answer.nextToken, (row) => ({
        ...named("custom", row["modelArn"], row["modelName"]),
        modelArns: [row["baseModelArn"]],
        flaw: "A custom model is invoked through a deployment or through provisioned throughput of it.",
      }));
    },
  },
  {
    list: "custom-model-deployments",
    kind: "custom",
    action: "ListCustomModelDeployments",
    ask: async (client, nextToken, abortSignal) => {
      const { ListCustomModelDeploymentsCommand } = await import("@aws-sdk/client-bedrock");
      const answer = await client.send(new ListCustomModelDeploymentsCommand({ nextToken }), { abortSignal });
      return page(answer.modelDeploymentSummaries, answer.nextToken, (row) => ({
        ...named("custom", row["customModelDeploymentArn"], row["customModelDeploymentName"]),
        modelArns: [row["modelArn"]],
        flaw: unlessStatus("Active", row["status"]),
      }));
    },
  },
  {
    list: "provisioned-models",
    kind: "provisioned",
    action: "ListProvisionedModelThroughputs",
    ask: async (client, nextToken, abortSignal) => {
      const { ListProvisionedModelThroughputsCommand } = await import("@aws-sdk/client-bedrock");
      const answer = await client.send(new ListProvisionedModelThroughputsCommand({ nextToken }), { abortSignal });
      return page(answer.provisionedModelSummaries, answer.nextToken, (row) => ({
        ...named("provisioned", row["provisionedModelArn"], row["provisionedModelName"]),
        modelArns: [row["foundationModelArn"], row["modelArn"]],
        flaw: unlessStatus("InService", row["status"]),
      }));
    },
  },
  {
    list: "prompt-routers",
    kind: "prompt router",
    action: "ListPromptRouters",
    ask: async (client, nextToken, abortSignal) => {
      const { ListPromptRoutersCommand } = await import("@aws-sdk/client-bedrock");
      const answer = await client.send(new ListPromptRoutersCommand({ nextToken }), { abortSignal });
      return page(answer.promptRouterSummaries, answer.nextToken, (row) => ({
        ...named("prompt router", row["promptRouterArn"], row["promptRouterName"]),
        modelArns: recordsOf([row["fallbackModel"], ...recordsOf(row["models"])]).map(({ modelArn }) => modelArn),
        flaw: unlessStatus("AVAILABLE", row["status"]),
      }));
    },
  },
];

/** One of these lists, all pages. */
export function listOwnModels(
  { action, ask }: OwnList,
  client: BedrockClient,
  maxPages: number,
  signal: AbortSignal,
): Promise<Listed<OwnModel>> {
  return allPages(action, maxPages, (nextToken) => ask(client, nextToken, signal));
}

interface UnreadModel {
  readonly kind: OwnModelKind;
  readonly arn: string | undefined;
  readonly name: string | undefined;
  readonly modelArns?: readonly unknown[];
  readonly flaw: string | undefined;
}

function named(kind: OwnModelKind, arn: unknown, name: unknown): Pick<UnreadModel, "kind" | "arn" | "name"> {
  return { kind, arn: idOf(arn), name: textOf(name) };
}

function page(summaries: unknown, nextToken: unknown, read: (row: Unread) => UnreadModel): Page<OwnModel> {
  const rows = recordsOf(summaries).flatMap((row) => {
    const { arn, name = arn, modelArns = [], ...rest } = read(row);
    if (arn === undefined || name === undefined) return [];
    return [{ ...rest, arn, name, modelArns: [...new Set(modelArns.flatMap((each) => idOf(each) ?? []))] }];
  });
  return { rows, nextToken };
}

function unlessStatus(ready: string, status: unknown): string | undefined {
  const said = textOf(status);
  return said?.toLowerCase() === ready.toLowerCase() ? undefined : `Its status is ${said ?? "not given"}.`;
}
