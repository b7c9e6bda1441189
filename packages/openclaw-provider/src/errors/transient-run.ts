import type { ErrorKind } from "@clawrock/conversation";

/** How long, and how often, a turn may fail alike before the host is told to stop. */
interface Limit {
  readonly ms: number;
  readonly tries: number;
}

/**
 * The host tries a failed turn again up to ten times, each of which the AWS SDK tries three times: 30 requests in three minutes. Bedrock's
 * quotas are by the minute, so that long is worth a try; an address where nobody answers is not, nor is an answer that was cut twice and is
 * billed each time.
 */
const LIMITS: Partial<Record<ErrorKind, Limit>> = {
  throttled: { ms: 45_000, tries: 6 },
  overloaded: { ms: 45_000, tries: 6 },
  unreachable: { ms: 15_000, tries: 5 },
  protocol: { ms: 60_000, tries: 3 },
  timeout: { ms: 60_000, tries: 2 },
};

/** Failures of one session and model without an answer between them. */
interface Run {
  readonly since: number;
  last: number;
  tries: number;
}

const KEPT = 64;
/** After so long without a try the host has given up by itself. */
const OVER_MS = 300_000;
const runs = new Map<string, Run>();

/** How a failure stands in the run of failures it belongs to. */
export interface Standing {
  /** Whether the host should not try again. */
  readonly last: boolean;
  /** Since the first failure of the run. */
  readonly seconds: number;
}

/** Counts a failure; undefined for one that trying again does not mend. The last of a run ends it, so that the next turn begins afresh. */
export function countFailure(key: string, kind: ErrorKind, now: number = performance.now()): Standing | undefined {
  const limit = LIMITS[kind];
  if (!limit) return void runs.delete(key);
  const known = runs.get(key);
  const run = known && now - known.last < OVER_MS ? known : { since: now, last: now, tries: 0 };
  run.last = now;
  run.tries += 1;
  const ms = now - run.since;
  const last = run.tries >= limit.tries || ms >= limit.ms;
  runs.delete(key);
  if (!last) runs.set(key, run);
  for (const oldest of runs.keys()) {
    if (runs.size <= KEPT) break;
    runs.delete(oldest);
  }
  return { last, seconds: Math.round(ms / 1000) };
}

/** Forgets the failures of a session and model that answered. */
export function endRun(key: string): void {
  runs.delete(key);
}
