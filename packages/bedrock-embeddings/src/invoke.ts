import type { BedrockRuntimeClient, InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
import type { AwsSession } from "@clawrock/aws-auth";

export interface InvokeAnswer {
  readonly body: Uint8Array;
  /** `x-amzn-bedrock-input-token-count`. */
  readonly inputTokens: number | undefined;
}

/** Calls InvokeModel with a JSON body. */
export type Invoke = (modelId: string, body: object, signal: AbortSignal) => Promise<InvokeAnswer>;

/** A throttled call is sent again up to so often, with growing pauses: an index is filled for minutes. */
const MAX_ATTEMPTS = 8;

/**
 * InvokeModel through the AWS SDK, which is loaded with the first call and repeats what may pass later.
 *
 * @param throttled told of each throttled attempt, with the time (`performance.now()`) it was sent
 */
export function invoker(aws: AwsSession, throttled: (sentAt: number) => void): Invoke {
  let ready: Promise<{ Command: typeof InvokeModelCommand; client: BedrockRuntimeClient }> | undefined;
  const load = async () => {
    // By name, so that a bundler leaves the other commands out.
    const { BedrockRuntimeClient, InvokeModelCommand } = await import("@aws-sdk/client-bedrock-runtime");
    const client = new BedrockRuntimeClient({ ...aws.clientConfig("bedrock-runtime"), maxAttempts: MAX_ATTEMPTS });
    return { Command: InvokeModelCommand, client };
  };
  return async (modelId, body, abortSignal) => {
    ready ??= load();
    const { Command, client } = await ready;
    const json = "application/json";
    const input = { modelId, body: JSON.stringify(body), contentType: json, accept: json };
    const command = new Command(input);
    let inputTokens: number | undefined;
    // Within the retries, so that each attempt is seen. The SDK's output leaves the header out.
    command.middlewareStack.add(
      (next) => async (args) => {
        const sentAt = performance.now();
        try {
          const result = await next(args);
          inputTokens = tokensOf(result.response);
          return result;
        } catch (error) {
          if (isThrottling(error)) throttled(sentAt);
          throw error;
        }
      },
      { step: "deserialize", name: "watchAttempt" },
    );
    const answer = await orAborted(client.send(command, { abortSignal }), abortSignal);
    return { body: answer.body, inputTokens };
  };
}

function isThrottling(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata: metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
  return metadata?.httpStatusCode === 429;
}

/** The SDK does not notice an abort while it waits to try again. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

function tokensOf(response: unknown): number | undefined {
  if (typeof response !== "object" || response === null || !("headers" in response)) return undefined;
  const header: unknown = new Map(Object.entries(response.headers ?? {})).get("x-amzn-bedrock-input-token-count");
  const tokens = Number(header);
  return header !== undefined && Number.isFinite(tokens) ? tokens : undefined;
}
