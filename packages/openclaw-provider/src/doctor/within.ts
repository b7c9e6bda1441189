import { BedrockError } from "@clawrock/conversation";

/**
 * The outcome of some work, or an error of kind `timeout` once its time is over: the doctor ends whatever hangs. The signal tells the
 * work to stop; work that does not hear it is left behind.
 */
export async function within<T>(ms: number, what: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(ms);
  const { promise, reject } = Promise.withResolvers<never>();
  const over = (): void => reject(tookTooLong(what, ms));
  signal.addEventListener("abort", over, { once: true });
  try {
    return await Promise.race([work(signal), promise]);
  } catch (error) {
    throw signal.aborted ? tookTooLong(what, ms) : error;
  } finally {
    signal.removeEventListener("abort", over);
  }
}

function tookTooLong(what: string, ms: number): BedrockError {
  return new BedrockError({
    kind: "timeout",
    problem: `${what}: nothing within ${Math.round(ms / 1000)} s`,
    fix: "Check the endpoint (AWS_ENDPOINT_URL*), the region, the network and proxy",
  });
}
