import type { AwsSession } from "@clawrock/aws-auth";
import { BedrockError, toBedrockError } from "@clawrock/conversation";

export interface DetectOptions {
  /** Milliseconds to decide in. Default 1000. */
  readonly timeoutMs?: number | undefined;
  /** Whether the EC2 instance metadata service may be asked when nothing else is configured. Default: as the session says. */
  readonly instanceMetadata?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type DetectedCredentials =
  | { readonly available: true; readonly source: string }
  | { readonly available: false; readonly reason: string };

/**
 * Whether the session's credentials resolve: one quick try, nothing is repeated and nothing sent to Bedrock. For hosts that
 * choose a provider of embeddings by themselves. That the identity may invoke a model is another matter.
 *
 * @throws BedrockError of kind `aborted` only
 */
export async function detectCredentials(aws: AwsSession, options: DetectOptions = {}): Promise<DetectedCredentials> {
  const { timeoutMs = 1000, instanceMetadata, signal } = options;
  const over = AbortSignal.timeout(timeoutMs);
  const either = signal ? AbortSignal.any([signal, over]) : over;
  try {
    const { source } = await before(either, aws.identity({ instanceMetadata }));
    return { available: true, source };
  } catch (error) {
    if (signal?.aborted) throw new BedrockError({ kind: "aborted", problem: "Looking for credentials was aborted" });
    if (over.aborted) return { available: false, reason: `No credentials within ${timeoutMs} ms` };
    return { available: false, reason: toBedrockError(error).message };
  }
}

function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
