import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AwsSession, type AwsSessionOptions, awsSession } from "@clawrock/aws-auth";
import { type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import { createDiscoveryCache, fileStore, memoryStore } from "@clawrock/discovery-cache";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createModelDiscovery } from "./create-model-discovery.ts";
import { modelListKey } from "./list-key.ts";

const ACCOUNT = "123456789012";
const OTHER = "210987654321";
const role = (account: string): string => `arn:aws:iam::${account}:role/reader`;

let home: string;
let emulator: Emulator;
const opened: AwsSession[] = [];
/** The emulator's clock is ahead by this. */
let aheadMs = 0;
beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  home = mkdtempSync(join(tmpdir(), "list-key-"));
  vi.stubEnv("HOME", home);
  aheadMs = 0;
  emulator = await startEmulator({ accountId: ACCOUNT, clock: () => new Date(Date.now() + aheadMs) });
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...rest } = emulator.env;
  for (const [name, value] of Object.entries(rest)) vi.stubEnv(name, value);
});
afterEach(async () => {
  for (const session of opened.splice(0)) session.close();
  vi.unstubAllEnvs();
  await emulator.close();
  rmSync(home, { recursive: true, force: true });
});

function session(options: AwsSessionOptions = {}): AwsSession {
  const aws = awsSession({ region: "us-east-1", ...options });
  opened.push(aws);
  return aws;
}

/** A profile with a role, as of a process that begins now. */
function assuming(account: string): AwsSession {
  const { accessKeyId, secretAccessKey } = emulator.credentials;
  mkdirSync(join(home, ".aws"), { recursive: true });
  writeFileSync(
    join(home, ".aws", "config"),
    `[profile base]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n` +
      `[profile work]\nrole_arn = ${role(account)}\nsource_profile = base\n`,
  );
  return session({ profile: "work" });
}

const store = () => fileStore({ directory: join(home, "lists") });
/** What a process with this session gets that finds the files of those before it. */
const inNewProcess = async (aws: AwsSession, shared = false) => {
  const cache = createDiscoveryCache({ store: store() });
  return createModelDiscovery({ aws, cache, shared })();
};
const lists = () => emulator.requests.filter(({ operation }) => operation?.startsWith("List")).length;

describe("the files of one source", () => {
  it("are found again after its credentials rotated", async () => {
    const first = assuming(ACCOUNT);
    const { accessKeyId } = await first.identity();
    expect((await inNewProcess(first)).freshness).toBe("loaded");
    const asked = lists();
    expect(asked).toBe(3);
    const second = assuming(ACCOUNT);
    expect((await second.identity()).accessKeyId).not.toBe(accessKeyId);
    expect((await inNewProcess(second)).freshness).toBe("fresh");
    expect(lists()).toBe(asked);
  });

  it("are found without resolving credentials at all", async () => {
    await inNewProcess(assuming(ACCOUNT));
    const before = emulator.requests.length;
    expect((await inNewProcess(assuming(ACCOUNT))).freshness).toBe("fresh");
    expect(emulator.requests).toHaveLength(before);
  });

  it("are never found by another account", async () => {
    await inNewProcess(assuming(ACCOUNT));
    const other = await startEmulator({ accountId: OTHER, credentials: [emulator.credentials] });
    for (const [name, value] of Object.entries(other.env)) {
      if (name.startsWith("AWS_ENDPOINT_URL")) vi.stubEnv(name, value);
    }
    // The same address, as that of AWS would be.
    const bedrock = emulator.url;
    const swapped = [
      session({ endpoints: { bedrock }, credentials: { accessKeyId: "AKIAOTHER", secretAccessKey: "s" } }),
      session({ endpoints: { bedrock }, bearerToken: "another-token" }),
      session({
        endpoints: { bedrock },
        credentials: async () => ({ accessKeyId: "AKIAOTHER", secretAccessKey: "s" }),
      }),
    ];
    for (const aws of swapped) await expect(inNewProcess(aws)).rejects.toMatchObject({ name: "BedrockError" });
    const work = assuming(OTHER).in({});
    expect(await createDiscoveryCache({ store: store() }).peek(await modelListKey({ aws: work }))).toBeUndefined();
    await other.close();
  });

  it("hold no secret", async () => {
    await inNewProcess(assuming(ACCOUNT));
    await inNewProcess(session({ bearerToken: emulator.bearerToken }));
    const names = readdirSync(join(home, "lists"));
    expect(names).toHaveLength(2);
    for (const name of names) {
      const text = readFileSync(join(home, "lists", name), "utf8");
      expect(text).not.toContain(emulator.credentials.secretAccessKey);
      expect(text).not.toContain(emulator.bearerToken);
    }
  });

  it("that hold something else than a list are loaded anew", async () => {
    const aws = assuming(ACCOUNT);
    const key = await modelListKey({ aws });
    for (const value of [null, [], { models: [] }, { models: [{ id: 7 }], hidden: [], warnings: [] }]) {
      await store().set(key, { value, fetchedAt: Date.now() });
      expect((await inNewProcess(aws)).freshness).toBe("loaded");
    }
  });
});

describe("a store that is shared", () => {
  it("is keyed by the account: another role and other keys of it find the list, whatever machine they are on", async () => {
    await inNewProcess(assuming(ACCOUNT), true);
    const keys = session({ credentials: emulator.credentials });
    expect((await inNewProcess(keys, true)).freshness).toBe("fresh");
    expect(await modelListKey({ aws: keys, shared: true })).toContain(`account:${ACCOUNT}`);
  });

  it("is not read by who only says to be of the account", async () => {
    const shared = memoryStore();
    let reads = 0;
    const watched = {
      ...shared,
      get: async (key: string) => {
        reads += 1;
        return shared.get(key);
      },
    };
    const of = (aws: AwsSession) =>
      createModelDiscovery({ aws, shared: true, cache: createDiscoveryCache({ store: watched }) })();
    await of(session({ credentials: emulator.credentials }));
    reads = 0;
    const { accessKeyId } = emulator.credentials;
    const impostor = session({ credentials: { accessKeyId, secretAccessKey: "guessed" } });
    await expect(of(impostor)).rejects.toMatchObject({ name: "AwsAuthError" });
    expect(reads).toBe(0);
  });

  it("knows a bearer token by itself, for it does not tell its account", async () => {
    const keys = await Promise.all(
      ["one-token", "two-token"].map((bearerToken) => modelListKey({ aws: session({ bearerToken }), shared: true })),
    );
    expect(new Set(keys).size).toBe(2);
    expect(keys.join()).not.toContain("one-token");
  });
});

it("tells partitions, regions, endpoints and questions apart", async () => {
  const aws = session({ credentials: emulator.credentials });
  const at = (region: string) =>
    session({ credentials: emulator.credentials, endpoints: { bedrock: "http://127.0.0.1:1" }, region });
  const keys = await Promise.all([
    modelListKey({ aws }),
    modelListKey({ aws: at("us-east-1") }),
    modelListKey({ aws: at("us-gov-west-1") }),
    modelListKey({ aws: at("cn-north-1") }),
    modelListKey({ aws, regions: ["us-east-1", "us-west-2"] }),
    modelListKey({ aws, globalProfiles: "last" }),
    modelListKey({ aws, include: ["imported"] }),
    modelListKey({ aws, defaultContextWindow: 1 }),
    modelListKey({ aws, maxPages: 1 }),
  ]);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys[2]).toContain('"aws-us-gov"');
  expect(keys[3]).toContain('"aws-cn"');
});
