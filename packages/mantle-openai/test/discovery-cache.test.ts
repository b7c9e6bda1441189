import { awsSession } from "@clawrock/aws-auth";
import { createDiscoveryCache } from "@clawrock/discovery-cache";
import { describe, expect, it } from "vitest";
import { createMantle, type MantleOptions, type Unavailable } from "../src/index.ts";
import { json, mantleServer } from "./mantle-server.ts";

const list = (...ids: string[]) => json(200, { object: "list", data: ids.map((id) => ({ id, object: "model" })) });
const denied = json(403, {
  Message: "User: arn:aws:iam::1:user/a is not authorized to perform: bedrock-mantle:ListModels",
});

/** A clock, and Mantles that share a cache with it. */
function cached(url: string) {
  let now = 1_000_000;
  const cache = createDiscoveryCache({ clock: () => now });
  const told: Unavailable[] = [];
  const onUnavailable = (one: Unavailable): void => void told.push(one);
  return {
    told,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    mantle: (bearerToken = "token-one-of-a-test", region = "us-east-1", more: Partial<MantleOptions> = {}) => {
      const aws = awsSession({ region, bearerToken, env: {}, endpoints: { "bedrock-mantle": url } });
      return createMantle({ aws, maxRetries: 0, cache, onUnavailable, ...more });
    },
  };
}
const ids = ({ models }: { readonly models: readonly { readonly id: string }[] }) => models.map(({ id }) => id);
const HOUR = 3_600_000;

describe("the model list", () => {
  it("is kept for an hour, and each row says where its model answers", async () => {
    await using server = await mantleServer(list("a.b", "openai.gpt-5.5"), list("a.c"));
    const { mantle, pass } = cached(server.url);
    const first = await mantle().discoverModels();
    expect(first).toMatchObject({ freshness: "loaded", fetchedAt: 1_000_000 });
    expect(first.models[1]?.route).toMatchObject({ path: "/openai/v1", api: "responses", from: "record" });
    pass(HOUR - 1);
    expect(ids(await mantle().discoverModels())).toEqual(["a.b", "openai.gpt-5.5"]);
    expect(server.requests).toHaveLength(1);
    pass(2);
    await mantle().discoverModels();
    await expect.poll(async () => ids(await mantle().discoverModels())).toEqual(["a.c"]);
    expect(server.requests).toHaveLength(2);
    expect(await mantle().discoverModels({ refresh: true })).toMatchObject({ freshness: "loaded" });
    expect(server.requests).toHaveLength(3);
  });

  it("of another bearer token is fetched anew, and never shown for this one", async () => {
    await using server = await mantleServer(list("of.one"), list("of.two"), json(500, {}));
    const { mantle } = cached(server.url);
    expect(ids(await mantle("token-one-of-a-test").discoverModels())).toEqual(["of.one"]);
    expect(ids(await mantle("token-two-of-a-test").discoverModels())).toEqual(["of.two"]);
    expect(ids(await mantle("token-one-of-a-test").discoverModels())).toEqual(["of.one"]);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer token-one-of-a-test",
      "Bearer token-two-of-a-test",
    ]);
    const third = await mantle("token-three-of-a-test").discoverModels();
    expect(ids(third)).toEqual([]);
    expect(third.error?.kind).toBe("overloaded");
  });

  it("of another region is another, asked for with that region's own token", async () => {
    await using server = await mantleServer(list("of.east"), list("of.west"));
    const { mantle } = cached(server.url);
    const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "not-a-secret" };
    const endpoints = { "bedrock-mantle": server.url };
    for (const region of ["us-east-1", "us-west-2", "us-east-1"]) {
      const aws = awsSession({ region, credentials, endpoints, env: {} });
      const found = await mantle("unused", region, { aws }).discoverModels();
      expect(ids(found)).toEqual([region === "us-east-1" ? "of.east" : "of.west"]);
    }
    const regions = server.requests.map(({ headers }) => {
      const token = String(headers.authorization).replace("Bearer bedrock-api-key-", "");
      return /%2F([a-z]+-[a-z]+-\d)%2Fbedrock/u.exec(Buffer.from(token, "base64").toString("utf8"))?.[1];
    });
    expect(regions).toEqual(["us-east-1", "us-west-2"]);
  });

  it("that was good stays where a new one fails, with the reason", async () => {
    await using server = await mantleServer(list("a.b"), json(503, { message: "Service Unavailable" }));
    const { mantle, pass, told } = cached(server.url);
    await mantle().discoverModels();
    pass(48 * HOUR);
    const found = await mantle().discoverModels();
    expect(found).toMatchObject({ freshness: "last-good", error: { kind: "overloaded" } });
    expect(ids(found)).toEqual(["a.b"]);
    expect(found.unavailable).toBeUndefined();
    expect(told).toMatchObject([{ region: "us-east-1", reason: expect.stringContaining("Service Unavailable") }]);
  });

  it("that is empty is skipped without an error, and asked for again", async () => {
    await using server = await mantleServer(list(), list("a.b"));
    const { mantle, told } = cached(server.url);
    expect(await mantle().discoverModels()).toEqual({
      models: [],
      unavailable: "Mantle lists no models in us-east-1 for these credentials",
    });
    expect(told).toHaveLength(1);
    expect(ids(await mantle().discoverModels())).toEqual(["a.b"]);
  });

  it("refused by IAM is told once per region, and once again after it came in between", async () => {
    let answer = denied;
    await using server = await mantleServer((response, request) => answer(response, request));
    const { mantle, pass, told } = cached(server.url);
    const look = async (region: string): Promise<void> => {
      await mantle("token-one-of-a-test", region).discoverModels();
      pass(60_000);
    };
    for (let again = 0; again < 5; again++) for (const region of ["us-east-1", "eu-west-1"]) await look(region);
    expect(told.map(({ region }) => region)).toEqual(["us-east-1", "eu-west-1"]);
    expect(told[0]?.error?.kind).toBe("access-denied");
    answer = list("a.b");
    await look("us-east-1");
    answer = denied;
    pass(48 * HOUR);
    for (let again = 0; again < 3; again++) for (const region of ["us-east-1", "eu-west-1"]) await look(region);
    expect(told.map(({ region }) => region)).toEqual(["us-east-1", "eu-west-1", "us-east-1"]);
  });

  it("is asked for once by a hundred callers at once, and refused once", async () => {
    await using server = await mantleServer((response, request) => {
      setTimeout(() => denied(response, request), 30);
    });
    const { mantle, told } = cached(server.url);
    const all = await Promise.all(Array.from({ length: 100 }, () => mantle().discoverModels()));
    expect(all.every(({ error }) => error?.kind === "access-denied")).toBe(true);
    expect(server.requests).toHaveLength(1);
    expect(told).toHaveLength(1);
  });
});
