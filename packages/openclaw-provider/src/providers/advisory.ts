import { toBedrockError } from "@clawrock/conversation";
import type { HostLogger } from "../host-types.ts";

/**
 * Runs a catalog hook. If it fails, the reason goes to the log in one line and there are no rows: an error out of a catalog
 * hook would take every other provider's rows away too.
 */
export async function advisory<T>(logger: HostLogger, what: string, run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    logger.warn(`${what}: ${toBedrockError(error).message}`);
    return null;
  }
}
