import type { AwsCredentialIdentity } from "@smithy/types";
import { beforeEach, describe, expect, it } from "vitest";
import { CredentialCache, EARLY_MS, PAUSE_MS } from "./credential-cache.ts";

const HOUR = 3_600_000;

let now = 0;
let asked = 0;
let print = "";
let answer: () => AwsCredentialIdentity;
let cache: CredentialCache;

const lasting = (ms: number): AwsCredentialIdentity => ({
  accessKeyId: `A${asked}`,
  secretAccessKey: "s",
  expiration: new Date(now + ms),
});
const fail = (): never => {
  throw new Error(`failure ${asked}`);
};
const key = async (fresh = false): Promise<string> => (await cache.get({ fresh })).accessKeyId;

beforeEach(() => {
  now = 1_000_000;
  asked = 0;
  print = "one";
  answer = () => lasting(HOUR);
  cache = new CredentialCache({
    now: () => now,
    fingerprint: () => print,
    load: async () => {
      asked += 1;
      return answer();
    },
  });
});

describe("CredentialCache", () => {
  it("asks once for many at the same time", async () => {
    expect(new Set(await Promise.all(Array.from({ length: 100 }, () => key())))).toEqual(new Set(["A1"]));
  });

  it("keeps until five minutes before the end", async () => {
    await key();
    now += HOUR - EARLY_MS - 1;
    expect(await key()).toBe("A1");
    now += 1;
    expect(await key()).toBe("A2");
  });

  it("keeps what has no end for ever", async () => {
    answer = () => ({ accessKeyId: "STATIC", secretAccessKey: "s" });
    await key();
    now += 1000 * HOUR;
    await key();
    expect(asked).toBe(1);
  });

  it("gives the old ones while they live and the renewal fails, without asking at every request", async () => {
    await key();
    answer = fail;
    now += HOUR - 60_000;
    expect(await key()).toBe("A1");
    expect(await key()).toBe("A1");
    expect(asked).toBe(2);
    now += 60_000;
    await expect(key()).rejects.toThrow("failure 3");
  });

  it("repeats a failure for a while, then recovers by itself", async () => {
    answer = fail;
    await expect(key()).rejects.toThrow("failure 1");
    now += PAUSE_MS - 1;
    await expect(key()).rejects.toThrow("failure 1");
    answer = () => lasting(HOUR);
    now += 1;
    expect(await key()).toBe("A2");
  });

  it("does not ask at every request when the source gives credentials near their end", async () => {
    answer = () => lasting(60_000);
    expect([await key(), await key()]).toEqual(["A1", "A1"]);
    now += PAUSE_MS;
    expect(await key()).toBe("A2");
  });

  it("resolves anew for fresh, and tells of its failure", async () => {
    await key();
    expect(await key(true)).toBe("A2");
    answer = fail;
    await expect(key(true)).rejects.toThrow("failure 3");
    expect(await key()).toBe("A2");
  });

  it("drops what it has when the sources change", async () => {
    await key();
    print = "two";
    now += 1000;
    expect(await key()).toBe("A2");
    answer = fail;
    print = "three";
    now += 1000;
    await expect(key()).rejects.toThrow("failure 3");
    answer = () => lasting(HOUR);
    print = "four";
    now += 1000;
    expect(await key()).toBe("A4");
  });
});
