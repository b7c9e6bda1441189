import { awsSession } from "@clawrock/aws-auth";
import { describe, expect, it } from "vitest";
import { detectCredentials } from "../src/index.ts";

describe("detectCredentials", () => {
  it("finds static keys and bearer tokens without any network", async () => {
    const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "not-a-secret" };
    expect(await detectCredentials(awsSession({ region: "us-east-1", credentials, env: {} }))).toMatchObject({
      available: true,
    });
    const bearer = awsSession({ region: "us-east-1", bearerToken: "token", env: {} });
    expect(await detectCredentials(bearer)).toMatchObject({ available: true });
  });

  it("says why there are none, without a secret", async () => {
    const credentials = async (): Promise<never> => {
      throw new Error("the vault is closed");
    };
    const found = await detectCredentials(awsSession({ region: "us-east-1", credentials, env: {} }));
    expect(found).toMatchObject({ available: false, reason: expect.stringContaining("the vault is closed") });
  });

  it("asks once and waits no longer than it is told", async () => {
    let asked = 0;
    const credentials = (): Promise<never> => {
      asked += 1;
      return new Promise(() => undefined);
    };
    const aws = awsSession({ region: "us-east-1", credentials, env: {} });
    const found = await detectCredentials(aws, { timeoutMs: 30 });
    expect(found).toEqual({ available: false, reason: "No credentials within 30 ms" });
    expect(asked).toBe(1);
  });

  it("ends when aborted", async () => {
    const aws = awsSession({ region: "us-east-1", credentials: () => new Promise(() => undefined), env: {} });
    const work = detectCredentials(aws, { signal: AbortSignal.timeout(10) });
    await expect(work).rejects.toMatchObject({ kind: "aborted" });
  });
});
