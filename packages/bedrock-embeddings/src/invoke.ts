import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import type { AwsSession } from "@clawrock/aws-auth";

export interface InvokeAnswer {
  readonly body: Uint8Array;
  /** `x-amzn-bedrock-input-token-count`. */
  readonly inputTokens: number | undefined;
}

/** Calls InvokeModel with a JSON body. */
export type Invoke = (modelId: string, body: object, signal: AbortSignal) => Promise<InvokeAnswer>;

/** InvokeModel through the AWS SDK, which is loaded with the first call. */
export function invoker(aws: AwsSession): Invoke {
  let ready:
    | Promise<{ sdk: typeof import("@aws-sdk/client-bedrock-runtime"); client: BedrockRuntimeClient }>
    | undefined;
  const load = async () => {
    const sdk = await import("@aws-sdk/client-bedrock-runtime");
    return { sdk, client: new sdk.BedrockRuntimeClient(aws.clientConfig("bedrock-runtime")) };
  };
  return async (modelId, body, signal) => {
    ready ??= load();
    const { sdk, client } = await ready;
    const json = "application/json";
    const input = { modelId, body: JSON.stringify(body), contentType: json, accept: json };
    const command = new sdk.InvokeModelCommand(input);
    let inputTokens: number | undefined;
    // The SDK's output leaves this header out.
    command.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        inputTokens = tokensOf(result.response);
        return result;
      },
      { step: "deserialize", name: "readInputTokenCount" },
    );
    const answer = await client.send(command, { abortSignal: signal });
    return { body: answer.body, inputTokens };
  };
}

function tokensOf(response: unknown): number | undefined {
  if (typeof response !== "object" || response === null || !("headers" in response)) return undefined;
  const header: unknown = new Map(Object.entries(response.headers ?? {})).get("x-amzn-bedrock-input-token-count");
  const tokens = Number(header);
  return header !== undefined && Number.isFinite(tokens) ? tokens : undefined;
}
