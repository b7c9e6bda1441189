import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { cleanEnvironment, setEnv, writeShared } from "../../test/clean-environment.ts";
import { type LocalServer, localServer } from "../../test/local-server.ts";
import { selfSigned } from "../../test/self-signed.ts";
import { tlsServer } from "../../test/tls-server.ts";
import { awsSession } from "../session.ts";
import { diagnose } from "./diagnose.ts";
import { formatDiagnosis } from "./diagnosis.ts";

cleanEnvironment();

const SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzzzzz";
const keys = { accessKeyId: "AKIADOCTOR", secretAccessKey: SECRET };

async function at(run: (server: LocalServer) => Promise<void>, offsetMs = 0): Promise<void> {
  const server = await localServer((_request, response) => {
    response.setHeader("date", new Date(Date.now() + offsetMs).toUTCString());
    response.writeHead(403).end("{}");
  });
  setEnv({ AWS_ENDPOINT_URL: server.url });
  await run(server);
  await server.close();
}

describe("diagnose", () => {
  it("tells what is configured, what resolved, that endpoints answer and that the clock agrees", () =>
    at(async (server) => {
      const expiration = new Date(Date.now() + 3_600_000);
      const session = awsSession({ region: "eu-west-1", credentials: async () => ({ ...keys, expiration }) });
      const diagnosis = await diagnose(session);
      expect(diagnosis).toMatchObject({
        ok: true,
        region: { name: "eu-west-1" },
        credentials: { kind: "explicit", resolved: true, accessKeyId: "AKIADOCTOR", expiresAt: expiration },
        problems: [],
      });
      expect(diagnosis.endpoints.map(({ service, status }) => [service, status])).toEqual([
        ["bedrock", 403],
        ["bedrock-runtime", 403],
        ["bedrock-mantle", 403],
      ]);
      expect(Math.abs(diagnosis.clockSkewMs ?? 9999)).toBeLessThan(1500);
      expect(server.seen.every(({ authorization }) => authorization === undefined)).toBe(true);
      const text = formatDiagnosis(diagnosis);
      expect(text).toContain("No problem was found.");
      expect(text).toContain(expiration.toISOString());
      for (const shown of [text, inspect(diagnosis, { depth: 9, showHidden: true }), JSON.stringify(diagnosis)]) {
        expect(shown).not.toContain(SECRET);
      }
      session.close();
    }));

  it.each([
    [600_000, /600 s behind|599 s behind|601 s behind/u],
    [-600_000, /ahead of/u],
  ])("finds a clock that is off by %i ms", (offset, words) =>
    at(async () => {
      const { ok, problems } = await diagnose(awsSession({ credentials: keys }));
      expect(ok).toBe(false);
      expect(problems).toEqual([expect.objectContaining({ area: "clock", problem: expect.stringMatching(words) })]);
    }, offset),
  );

  it("gives each problem with its fix", async () => {
    const gone = await localServer(() => {});
    await gone.close();
    setEnv({ AWS_ENDPOINT_URL: gone.url, AWS_ENDPOINT_URL_BEDROCK: "not a url", AWS_EC2_METADATA_DISABLED: "true" });
    writeShared({
      config:
        "[profile corp]\nsso_session = c\nsso_account_id = 123456789012\nsso_role_name = R\n" +
        "[sso-session c]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\n",
    });
    const diagnosis = await diagnose(awsSession({ profile: "corp" }));
    expect(diagnosis.ok).toBe(false);
    const text = formatDiagnosis(diagnosis);
    expect(text).toContain("AWS_ENDPOINT_URL_BEDROCK");
  });

  it("shows an expired SSO session, an unreachable endpoint and an untrusted certificate", async () => {
    const gone = await localServer(() => {});
    await gone.close();
    const strange = await tlsServer(selfSigned(["localhost"]), () => {});
    writeShared({
      config:
        "[profile corp]\nsso_session = c\nsso_account_id = 123456789012\nsso_role_name = R\n" +
        "[sso-session c]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\n",
    });
    const endpoints = {
      bedrock: gone.url,
      "bedrock-runtime": strange.url,
      "bedrock-mantle": "https://bedrock-mantle.xx-nowhere-1.invalid",
    };
    const diagnosis = await diagnose(awsSession({ profile: "corp", endpoints }));
    const text = formatDiagnosis(diagnosis);
    expect(diagnosis.problems.map(({ area, kind }) => [area, kind])).toEqual([
      ["credentials", "expired-credentials"],
      ["endpoint", "unreachable"],
      ["endpoint", "unreachable"],
      ["endpoint", "unreachable"],
    ]);
    for (const words of ["aws sso login --profile corp", "ECONNREFUSED", "AWS_CA_BUNDLE", "Choose a region"]) {
      expect(text).toContain(words);
    }
    await strange.close();
  });

  it("ends with credentials that never come, and asks the endpoints all the same", () =>
    at(async () => {
      const session = awsSession({ credentials: () => new Promise<never>(() => {}) });
      const { ok, credentials, endpoints, problems } = await diagnose(session, { credentialsTimeoutMs: 50 });
      expect([ok, credentials.resolved, endpoints.map(({ status }) => status)]).toEqual([
        false,
        false,
        [403, 403, 403],
      ]);
      expect(problems).toEqual([expect.objectContaining({ area: "credentials", kind: "unreachable" })]);
    }));

  it("asks no endpoint with probe: false, and no instance metadata service", () =>
    at(async (server) => {
      setEnv({ AWS_EC2_METADATA_SERVICE_ENDPOINT: server.url });
      const diagnosis = await diagnose(awsSession(), { probe: false });
      expect(server.seen).toHaveLength(0);
      expect(diagnosis).toMatchObject({
        ok: false,
        clockSkewMs: undefined,
        credentials: { kind: "instance-metadata" },
      });
      expect(diagnosis.problems[0]?.kind).toBe("no-credentials");
    }));
});
