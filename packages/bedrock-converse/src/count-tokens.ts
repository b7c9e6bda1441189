import { BedrockError, toBedrockError } from "@clawrock/conversation";
import type { ClientPool } from "./client-pool.ts";
import type { ConverseOptions } from "./converse.ts";
import { readModel } from "./model/read-model.ts";
import { lookedUp, needsLookUp } from "./model/resolve-model.ts";
import { buildRequest } from "./request/build-request.ts";
import type { ConverseRequest } from "./types.ts";

/** How many tokens a request has, as the service counts them. */
export interface TokenCount {
  readonly inputTokens: number;
}

/**
 * Counts a request with CountTokens, which knows base model ids only: profiles and application profiles are counted by the
 * model behind them.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html
 *
 * @throws BedrockError of kind `invalid-request` where the model cannot be counted or nobody knows which model it is; the
 * signal's reason when the caller aborts
 */
export async function countTokens(
  request: ConverseRequest,
  signal: AbortSignal | undefined,
  { aws, cache }: ConverseOptions,
  clients: ClientPool,
): Promise<TokenCount> {
  signal?.throwIfAborted();
  const given = typeof request.model === "object" ? request.model : readModel(request.model);
  const model = given.targets || !needsLookUp(given) ? given : await lookedUp(given, { aws, cache, signal });
  const { baseId, id } = model;
  if (baseId === undefined) {
    const why = model.lookUpError ? ` (${model.lookUpError.problem})` : "";
    const problem = `Which model is behind "${id}" is not known${why}, and CountTokens takes model ids only`;
    throw new BedrockError({ kind: "invalid-request", problem, fix: "Count with the id of the model" });
  }
  const { messages, system, toolConfig, additionalModelRequestFields } = buildRequest(request, model).input;
  const context = {
    action: `Counting tokens with ${baseId}`,
    model: id,
    region: clients.place(model.arnRegion).region,
  };
  try {
    const { sdk, client } = await clients.client(model.arnRegion);
    const converse = { messages, system, toolConfig, additionalModelRequestFields };
    const command = new sdk.CountTokensCommand({ modelId: baseId, input: { converse } });
    const { inputTokens } = await client.send(command, { ...(signal && { abortSignal: signal }) });
    if (inputTokens !== undefined) return { inputTokens };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw toBedrockError(error, context);
  }
  throw new BedrockError({ kind: "protocol", problem: `${context.action}: the answer holds no count` });
}
