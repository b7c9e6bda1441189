import { getToken } from "@aws/bedrock-token-generator";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { cleanEnvironment, setEnv } from "../../test/clean-environment.ts";
import { AwsAuthError } from "../aws-auth-error.ts";
import { awsSession } from "../session.ts";
import type { AwsSessionOptions } from "../types.ts";
import { decodeToken } from "./decode-token.ts";
import { TokenMint } from "./token-mint.ts";

cleanEnvironment();
afterEach(() => void vi.useRealTimers());

const credentials = { accessKeyId: "AKIAMINT", secretAccessKey: "abc", sessionToken: "a-session+token/with=signs" };
const HOUR = 3_600_000;

describe("bearerToken", () => {
  it("is minted for the view's region, asked for two hours", async () => {
    const { token, expiresAt } = await awsSession({ credentials }).in({ region: "eu-west-1" }).bearerToken();
    expect(decodeToken(token)).toMatchObject({ region: "eu-west-1", accessKeyId: "AKIAMINT", expiresAt });
    const life = (expiresAt?.getTime() ?? 0) - Date.now();
    expect(life).toBeGreaterThan(2 * HOUR - 5000);
    expect(life).toBeLessThanOrEqual(2 * HOUR);
  });

  it("never outlives its credentials", async () => {
    const expiration = new Date(Date.now() + 20 * 60_000);
    const session = awsSession({ credentials: async () => ({ ...credentials, expiration }) });
    const { expiresAt } = await session.bearerToken();
    expect(expiresAt?.getTime()).toBeLessThanOrEqual(expiration.getTime());
    expect(expiresAt?.getTime()).toBeGreaterThan(expiration.getTime() - 5000);
  });

  it("gives an explicit token as it is, with its end read back", async () => {
    const token = await getToken({ credentials, region: "us-east-1", expiresInSeconds: 600 });
    const given = await awsSession({ bearerToken: token }).bearerToken();
    expect(given.token).toBe(token);
    expect(given.expiresAt?.getTime()).toBe(decodeToken(token)?.expiresAt.getTime());
    expect(await awsSession({ bearerToken: "opaque" }).bearerToken()).toEqual(
      expect.objectContaining({ expiresAt: undefined }),
    );
  });

  it.each(["ABSKone two", "ABSKone\ntwo", "ABSK\u00a0one", "“ABSKone”"])(
    "refuses what no header can carry, without showing it: %j",
    async (token) => {
      const session = awsSession({ bearerToken: token });
      const refused = await session.bearerToken().catch((error) => error);
      expect(refused).toMatchObject({ kind: "invalid-config", fix: "Copy it again, as one word." });
      expect(refused.message).not.toContain("ABSK");
      await expect(session.identity()).rejects.toThrow("option bearerToken");
      await expect(session.clientConfig("bedrock").token?.()).rejects.toThrow(AwsAuthError);
    },
  );

  it("refuses a short-term token of another region before any call", async () => {
    const token = await getToken({ credentials, region: "us-east-1" });
    setEnv({ AWS_BEARER_TOKEN_BEDROCK: token });
    const view = awsSession().in({ region: "eu-west-1" });
    await expect(view.bearerToken()).rejects.toMatchObject({ kind: "wrong-region" });
    await expect(view.clientConfig("bedrock").token?.()).rejects.toThrow(/made for us-east-1, and eu-west-1/u);
  });

  it("refuses an expired short-term token before any call", async () => {
    const url =
      "bedrock.amazonaws.com/?X-Amz-Credential=AKIA%2F20200101%2Fus-east-1%2Fbedrock%2Faws4_request" +
      "&X-Amz-Date=20200101T000000Z&X-Amz-Expires=60&Version=1";
    const token = `bedrock-api-key-${Buffer.from(url).toString("base64")}`;
    await expect(awsSession({ bearerToken: token }).bearerToken()).rejects.toMatchObject({
      kind: "expired-credentials",
      message: expect.stringContaining("2020-01-01T00:01:00.000Z"),
    });
  });

  it("is made anew at once for fresh, with credentials resolved anew", async () => {
    let asked = 0;
    const session = awsSession({ credentials: async () => ({ ...credentials, accessKeyId: `AKIA${++asked}` }) });
    const first = await session.bearerToken();
    expect((await session.bearerToken()).token).toBe(first.token);
    const fresh = await Promise.all([session.bearerToken({ fresh: true }), session.bearerToken({ fresh: true })]);
    expect(fresh[0].token).not.toBe(first.token);
    expect(fresh[1].token).toBe(fresh[0].token);
    expect((await session.bearerToken()).token).toBe(fresh[0].token);
    expect(asked).toBe(2);
  });

  it("never goes into the environment", async () => {
    await awsSession({ credentials }).bearerToken();
    expect(process.env["AWS_BEARER_TOKEN_BEDROCK"]).toBeUndefined();
  });
});

describe("a fleet of requests", () => {
  const rotating = (lifeMs: number, options: Partial<AwsSessionOptions> = {}) => {
    const calls: number[] = [];
    const session = awsSession({
      ...options,
      credentials: async () => {
        calls.push(Date.now());
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { ...credentials, accessKeyId: `AKIA${calls.length}`, expiration: new Date(Date.now() + lifeMs) };
      },
    });
    return { session, calls };
  };

  it("asks the provider once per validity window under 100 concurrent requests, tokens and signatures together", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const { session, calls } = rotating(HOUR);
    const west = session.in({ region: "us-west-2" });
    const config = session.clientConfig("bedrock");
    for (let window = 1; window <= 3; window++) {
      const requests = Array.from({ length: 34 }, () => [
        session.bearerToken(),
        west.bearerToken(),
        config.credentials(),
      ]);
      await Promise.all(requests.flat());
      expect(calls).toHaveLength(window);
      vi.setSystemTime(Date.now() + HOUR - 240_000);
    }
  });

  it("after a 401 share one fresh resolution and one new token", async () => {
    const { session, calls } = rotating(HOUR);
    const old = await session.bearerToken();
    const tokens = await Promise.all(Array.from({ length: 100 }, () => session.bearerToken({ fresh: true })));
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(1);
    expect(tokens[0]?.token).not.toBe(old.token);
    expect(calls).toHaveLength(2);
  });

  it("meeting a failing chain ask once, log once, and recover by themselves", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const log: string[] = [];
    let asked = 0;
    let broken = true;
    const session = awsSession({
      onFailure: ({ message }) => log.push(message),
      credentials: async () => {
        asked += 1;
        if (broken) throw new Error("the vault is sealed");
        return credentials;
      },
    });
    for (let minute = 0; minute < 10; minute++) {
      const all = await Promise.allSettled(Array.from({ length: 100 }, () => session.bearerToken()));
      expect(all.every(({ status }) => status === "rejected")).toBe(true);
      expect(asked).toBe(minute + 1);
      vi.setSystemTime(Date.now() + 60_000);
    }
    expect(log).toEqual([expect.stringContaining("the vault is sealed")]);
    broken = false;
    expect((await session.bearerToken()).token).toMatch(/^bedrock-api-key-/u);
    broken = true;
    await session.bearerToken({ fresh: true }).catch(() => {});
    expect(log).toHaveLength(2);
  });

  it("never get a token of another region or account, however their sources change", async () => {
    const { session } = rotating(HOUR);
    const regions = ["us-east-1", "us-west-2", "eu-west-1"];
    for (let turn = 1; turn <= 3; turn++) {
      const tokens = await Promise.all(
        Array.from({ length: 30 }, (_, at) => session.in({ region: regions[at % 3] }).bearerToken()),
      );
      tokens.forEach(({ token }, at) => {
        expect(decodeToken(token)).toMatchObject({ region: regions[at % 3], accessKeyId: `AKIA${turn}` });
      });
      // Another account's credentials take their place.
      await session.bearerToken({ fresh: true });
    }
  });
});

describe("TokenMint", () => {
  it("spreads renewals over the last tenth of the hour", async () => {
    const start = Date.now();
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 0.999, noNaN: true }), async (random) => {
        let now = start;
        const mint = new TokenMint({ now: () => now, random: () => random, credentials: async () => credentials });
        const first = await mint.get("us-east-1", false);
        now = start + 0.9 * HOUR - 1;
        expect(await mint.get("us-east-1", false)).toBe(first);
        now = start + HOUR * (1 - 0.1 * random) + 1;
        expect(await mint.get("us-east-1", false)).not.toBe(first);
      }),
      { numRuns: 20 },
    );
  });

  it("keeps one token per region for an hour, and drops it with its key", async () => {
    let now = Date.now();
    let accessKeyId = "AKIA1";
    const mint = new TokenMint({
      now: () => now,
      random: () => 0,
      credentials: async () => ({ ...credentials, accessKeyId }),
    });
    const at = async (region: string): Promise<string> => (await mint.get(region, false)).token;
    const [east, west] = [await at("us-east-1"), await at("us-west-2")];
    expect(decodeToken(west)?.region).toBe("us-west-2");
    now += HOUR - 1;
    expect([await at("us-east-1"), await at("us-west-2")]).toEqual([east, west]);
    accessKeyId = "AKIA2";
    expect(decodeToken(await at("us-east-1"))?.accessKeyId).toBe("AKIA2");
  });

  it("renews after an hour", async () => {
    let now = Date.now();
    const mint = new TokenMint({ now: () => now, random: () => 0, credentials: async () => credentials });
    const first = await mint.get("us-east-1", false);
    now += HOUR;
    expect(await mint.get("us-east-1", false)).not.toBe(first);
  });

  it("renews five minutes before the end of a shorter one", async () => {
    let now = Date.now();
    const expiration = new Date(now + 30 * 60_000);
    const mint = new TokenMint({
      now: () => now,
      random: () => 0,
      credentials: async () => ({ ...credentials, expiration }),
    });
    const first = await mint.get("us-east-1", false);
    now += 24 * 60_000;
    expect(await mint.get("us-east-1", false)).toBe(first);
    now += 60_000;
    expect(await mint.get("us-east-1", false)).not.toBe(first);
  });

  it("makes none from credentials past their end", async () => {
    const mint = new TokenMint({ credentials: async () => ({ ...credentials, expiration: new Date(0) }) });
    await expect(mint.get("us-east-1", false)).rejects.toBeInstanceOf(AwsAuthError);
  });
});

describe("decodeToken", () => {
  it("reads back what the generator signed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("us-east-1", "eu-central-2", "us-gov-west-1"),
        fc.integer({ min: 1, max: 43_200 }),
        async (region, expiresInSeconds) => {
          const before = Date.now();
          const decoded = decodeToken(await getToken({ credentials, region, expiresInSeconds }));
          expect(decoded).toMatchObject({ region, accessKeyId: "AKIAMINT" });
          const end = decoded?.expiresAt.getTime() ?? 0;
          expect(Math.abs(end - before - expiresInSeconds * 1000)).toBeLessThan(2000);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("is undefined for everything else, and never throws", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `bedrock-api-key-${text}`),
        ),
        (token) => {
          expect(decodeToken(token)).toBeUndefined();
        },
      ),
    );
  });
});
