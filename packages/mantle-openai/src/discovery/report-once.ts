import type { BedrockError } from "@clawrock/conversation";
import type { Unavailable } from "./types.ts";

/** What was told last, per list. */
const told = new Map<string, string>();
const MOST = 1000;

/** Tells of a list that fails, once for each kind of failure. */
export function reportOnce(key: string, failure: Unavailable, tell: ((told: Unavailable) => void) | undefined): void {
  const what = failure.error ? identityOf(failure.error) : failure.reason;
  if (!tell || told.get(key) === what) return;
  if (told.size >= MOST) told.delete(told.keys().next().value ?? "");
  told.set(key, what);
  tell(failure);
}

/** The list came: its next failure is news again. */
export function recovered(key: string): void {
  told.delete(key);
}

/** What stays the same when a failure repeats itself; its message may hold a request id. */
function identityOf({ kind, service }: BedrockError): string {
  return [kind, service?.name, service?.status].join(" ");
}
