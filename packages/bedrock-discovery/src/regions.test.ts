import { awsSession } from "@clawrock/aws-auth";
import { createDiscoveryCache, memoryStore } from "@clawrock/discovery-cache";
import { afterEach, beforeEach, expect, it } from "vitest";
import { KEYS, type ListsServer, listsServer, model, profile } from "../test/lists-server.ts";
import { createModelDiscovery } from "./create-model-discovery.ts";
import { discoverModels } from "./discover-models.ts";

const EAST = "us-east-1";
const WEST = "us-west-2";

let server: ListsServer;
beforeEach(async () => {
  server = await listsServer();
  server.models = { rows: [model("vendor.m")] };
});
afterEach(() => server.close());

it("lists several regions side by side: each row says where to send it, signed for there", async () => {
  const { models, warnings } = await discoverModels({ aws: server.aws, regions: [WEST, " ", EAST, WEST] });
  expect(warnings).toEqual([]);
  expect(models.map(({ id, region }) => [id, region])).toEqual([
    ["vendor.m", WEST],
    ["vendor.m", EAST],
  ]);
  expect(new Set(server.signedFor)).toEqual(new Set([EAST, WEST]));
  expect(server.asked).toHaveLength(6);
});

it("lists the session's region where none is named", async () => {
  const { models } = await discoverModels({ aws: server.aws, regions: ["", "  "] });
  expect(models.map(({ region }) => region)).toEqual([EAST]);
});

it("gives the regions that answer, with a warning for the one that does not", async () => {
  server.refuses = (region) => region === WEST;
  const { models, warnings } = await discoverModels({ aws: server.aws, regions: [EAST, WEST] });
  expect(models.map(({ region }) => region)).toEqual([EAST]);
  expect(warnings).toEqual([expect.objectContaining({ list: undefined, region: WEST })]);
  expect(warnings[0]?.message).toContain(`Nothing of ${WEST} is listed`);
  server.refuses = () => true;
  await expect(discoverModels({ aws: server.aws, regions: [EAST, WEST] })).rejects.toMatchObject({
    kind: "access-denied",
  });
});

it("says of a name that is none, and of a region that does not exist", async () => {
  await expect(discoverModels({ aws: server.aws, regions: ["europe"] })).rejects.toThrow(/europe/u);
  const aws = awsSession({ credentials: KEYS });
  const { message } = await discoverModels({ aws: aws.in({ region: "xx-nowhere-9" }), timeoutMs: 20_000 }).catch(
    (error) => error,
  );
  expect(message).toContain("xx-nowhere-9");
  expect(message).not.toContain("\n");
  aws.close();
});

it("keeps each region by itself: one that fails does not cost the others their cache", async () => {
  const cache = createDiscoveryCache({ store: memoryStore(), negativeTtl: 0 });
  const discover = createModelDiscovery({ aws: server.aws, cache, regions: [EAST, WEST] });
  server.refuses = (region) => region === WEST;
  expect((await discover()).value.warnings).toHaveLength(1);
  const before = server.signedFor.length;
  server.refuses = () => false;
  const { value, freshness } = await discover();
  expect([value.models.length, value.warnings, freshness]).toEqual([2, [], "fresh"]);
  expect(new Set(server.signedFor.slice(before))).toEqual(new Set([WEST]));
  await discover();
  expect(server.signedFor).toHaveLength(before + 3);
});

it("names a model that a region has only behind a profile, with where it is", async () => {
  server.profiles = { rows: [profile("us.vendor.far", ["vendor.far"], { regions: [WEST, "us-east-2"] })] };
  const { models, hidden } = await discoverModels({ aws: server.aws });
  expect(models.map(({ id }) => id)).toContain("us.vendor.far");
  expect(hidden).toEqual([
    {
      id: "vendor.far",
      name: "vendor.far",
      provider: "vendor",
      region: EAST,
      reason: "other region",
      detail: `It is not in ${EAST} but in us-east-2, ${WEST}: use us.vendor.far instead.`,
    },
  ]);
  server.models = { status: 403, type: "AccessDeniedException", message: "no" };
  expect((await discoverModels({ aws: server.aws })).hidden).toEqual([]);
});
