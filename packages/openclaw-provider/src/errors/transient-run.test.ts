import { afterEach, describe, expect, it } from "vitest";
import { countFailure, endRun } from "./transient-run.ts";

const KEY = "a session";
afterEach(() => endRun(KEY));

/** When the host tries again, in seconds from the first failure. */
function lastOf(kind: Parameters<typeof countFailure>[1], times: readonly number[]): number | undefined {
  return times.find((seconds) => countFailure(KEY, kind, seconds * 1000)?.last);
}

describe("a run of failures", () => {
  it("is over after the better part of a minute of throttling, however slow or fast the host is", () => {
    expect(lastOf("throttled", [0, 12, 24, 36, 48, 60])).toBe(48);
    expect(lastOf("throttled", [0, 1, 3, 7, 15, 31, 61])).toBe(31);
  });

  it("is over sooner where nobody answers, or answers are cut", () => {
    expect(lastOf("unreachable", [0, 1, 4, 8, 16, 32])).toBe(16);
    expect(lastOf("protocol", [0, 2, 4, 6])).toBe(4);
    expect(lastOf("timeout", [0, 120, 240])).toBe(120);
  });

  it("begins afresh after its last failure, an answer, another kind of failure, or a long silence", () => {
    expect(lastOf("protocol", [0, 1, 2])).toBe(2);
    expect(lastOf("protocol", [3, 4])).toBeUndefined();
    endRun(KEY);
    expect(lastOf("protocol", [5, 6])).toBeUndefined();
    expect(countFailure(KEY, "access-denied", 7000)).toBeUndefined();
    expect(lastOf("protocol", [8, 9])).toBeUndefined();
    expect(lastOf("protocol", [400, 401])).toBeUndefined();
  });

  it("is of one session and model", () => {
    for (const key of ["one", "two", "three"]) expect(countFailure(key, "protocol", 0)?.last).toBe(false);
  });
});
