import { awsSession } from "@clawrock/aws-auth";
import { startEmulator } from "@clawrock/bedrock-emulator";
import { createDiscoveryCache, memoryStore } from "@clawrock/discovery-cache";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applicationProfile, type ListsServer, listsServer, model, profile } from "../../test/lists-server.ts";
import { discoverModels } from "../discover-models.ts";
import type { DiscoveredModel } from "../types.ts";
import { createAccessCheck } from "./create-access-check.ts";

const GRANTED = {
  agreementAvailability: { status: "AVAILABLE" },
  authorizationStatus: "AUTHORIZED",
  entitlementAvailability: "AVAILABLE",
  regionAvailability: "AVAILABLE",
};

let server: ListsServer;
let rows: readonly DiscoveredModel[];
beforeEach(async () => {
  server = await listsServer();
  server.models = { rows: [model("vendor.m"), model("vendor.n")] };
  server.profiles = { rows: [profile("us.vendor.m", ["vendor.m"]), applicationProfile("app", ["vendor.m"])] };
  rows = (await discoverModels({ aws: server.aws })).models;
  server.asked.length = 0;
});
afterEach(() => server.close());

it("is unknown in a list, which asks nothing about it", () => {
  expect(new Set(rows.map(({ access }) => access))).toEqual(new Set(["unknown"]));
  expect(rows).toHaveLength(4);
});

it("is asked once for a model, however many its profiles and callers, and not again while it is known", async () => {
  server.availability = (id) => (id === "vendor.m" ? GRANTED : { ...GRANTED, authorizationStatus: "NOT_AUTHORIZED" });
  const store = memoryStore();
  const check = createAccessCheck({ aws: server.aws, cache: createDiscoveryCache({ store }) });
  const [checked = []] = await Promise.all([check(rows), check(rows), check(rows.slice(1))]);
  expect(checked.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  for (const { baseModelId, access, accessDetail } of checked) {
    expect(access).toBe(baseModelId === "vendor.m" ? "granted" : "not granted");
    expect(accessDetail).toEqual(
      baseModelId === "vendor.m" ? undefined : expect.stringContaining("may not use the model"),
    );
  }
  await check(rows);
  await createAccessCheck({ aws: server.aws, cache: createDiscoveryCache({ store }) })(rows);
  expect(server.asked).toHaveLength(2);
  await check(rows, { refresh: true });
  expect(server.asked).toHaveLength(4);
});

it.each([
  [{ regionAvailability: "NOT_AVAILABLE" }, "not available to this account in us-east-1"],
  [{ authorizationStatus: "NOT_AUTHORIZED" }, "may not use the model"],
  [{ agreementAvailability: { status: "NOT_AVAILABLE" } }, "aws-marketplace:Subscribe"],
  [{ agreementAvailability: { status: "PENDING" } }, "is pending"],
  [
    { agreementAvailability: { status: "ERROR", errorMessage: "No payment instrument." } },
    "failed: No payment instrument. Request",
  ],
  [{ entitlementAvailability: "NOT_AVAILABLE" }, "no entitlement"],
])("is not granted for %j", async (answer, said) => {
  server.availability = () => ({ ...GRANTED, ...answer });
  const [row] = await createAccessCheck({ aws: server.aws })(rows);
  expect([row?.access, row?.accessDetail]).toEqual(["not granted", expect.stringContaining(said)]);
});

it.each([
  [{}, "says nothing that is known"],
  [{ ...GRANTED, authorizationStatus: "PERHAPS" }, "says nothing that is known"],
  [{ status: 403, type: "AccessDeniedException", message: "no" }, "Allow bedrock:GetFoundationModelAvailability"],
  [
    { status: 400, type: "ValidationException", message: "The provided model identifier is invalid." },
    "identifier is invalid",
  ],
] as const)("stays unknown for the answer %j, with the reason in one line", async (answer, said) => {
  server.availability = () => answer;
  const [row] = await createAccessCheck({ aws: server.aws })(rows);
  expect([row?.access, row?.accessDetail]).toEqual(["unknown", expect.stringContaining(said)]);
  expect(row?.accessDetail).not.toContain("\n");
});

describe("a question that hangs", () => {
  it("leaves the access unknown after its time", async () => {
    server.availability = () => "hang";
    const [row] = await createAccessCheck({ aws: server.aws, timeoutMs: 300 })(rows.slice(0, 1));
    expect(row?.access).toBe("unknown");
    await expect.poll(() => server.waiting(), { timeout: 5000 }).toBe(0);
  });

  it("ends with its caller", async () => {
    server.availability = () => "hang";
    const controller = new AbortController();
    const run = createAccessCheck({ aws: server.aws })(rows, { signal: controller.signal });
    run.catch(() => {});
    await expect.poll(() => server.waiting(), { timeout: 5000 }).toBeGreaterThan(0);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(run).rejects.toBe(reason);
  });
});

it("is not asked of what has no foundation model", async () => {
  const [row] = rows;
  if (!row) throw new Error("no rows");
  const [checked] = await createAccessCheck({ aws: server.aws })([{ ...row, baseModelId: undefined }]);
  expect([checked?.access, server.asked]).toEqual(["unknown", []]);
});

it("is granted for all that the emulator lists", async () => {
  const emulator = await startEmulator();
  const aws = awsSession({
    credentials: emulator.credentials,
    region: emulator.region,
    endpoints: { bedrock: emulator.url },
  });
  const { models } = await discoverModels({ aws });
  const checked = await createAccessCheck({ aws })(models);
  const bases = new Set(models.flatMap(({ baseModelId }) => baseModelId ?? []));
  expect(emulator.requests.length).toBe(3 + bases.size);
  expect(
    checked
      .filter(({ access, baseModelId }) => access !== "granted" && baseModelId)
      .map(({ id, accessDetail }) => [id, accessDetail]),
  ).toEqual([]);
  aws.close();
  await emulator.close();
});
