import type { ErrorKind } from "@clawrock/conversation";
import type { Standing } from "./transient-run.ts";

/**
 * An error's line as the host gets it. The host reads from its words when to try again: it waits as long as "try again in" says, gives a
 * minute and a half in all, and takes a quota that is used up for nothing to wait for. Seen in OpenClaw 2026.9.6
 * (`retry-evidence`, `failover-retry-controller`), held by e2e/openclaw/scenarios/retries.ts.
 */
export function lineForHost(line: string, kind: ErrorKind, standing: Standing | undefined): string {
  if (!standing) return line;
  const { last, seconds } = standing;
  // Slower than the host's own first pauses: a quota by the minute is not free again after a second.
  if (!last) return kind === "throttled" ? `${line} Try again in 10 seconds.` : line;
  // The host shows its users no line of more than 300 characters.
  const short = line.replace(/ \(request id [^)]*\)$/u, "");
  const long = seconds > 0 ? `It went on for ${seconds} s` : "It happened again";
  if (kind === "throttled") return `${short} ${long}: the account's current quota does not allow more.`;
  return `${short} ${long}. Try again in 2 minutes.`;
}
