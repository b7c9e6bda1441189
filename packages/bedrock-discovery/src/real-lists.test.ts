import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ListsServer, listsServer, type ModelRow, type ProfileRow } from "../test/lists-server.ts";
import { discoverModels } from "./discover-models.ts";
import type { DiscoveryResult } from "./types.ts";

const DATA = process.env["CLAWROCK_SHARED_DATA"] ?? fileURLToPath(new URL("../../../../shared/data", import.meta.url));
const LISTS = `${DATA}/control-plane`;
const read = (name: string) => JSON.parse(readFileSync(`${LISTS}/${name}.us-east-1.2026-01-01.json`, "utf8"));

describe.skipIf(!existsSync(LISTS))("the real lists of us-east-1", () => {
  let server: ListsServer;
  let models: ModelRow[];
  let profiles: ProfileRow[];
  let result: DiscoveryResult;
  beforeAll(async () => {
    server = await listsServer();
    models = read("list-foundation-models").modelSummaries;
    profiles = read("list-inference-profiles").inferenceProfileSummaries;
    server.models = { rows: models };
    server.profiles = { rows: profiles, pageSize: 10 };
    result = await discoverModels({ aws: server.aws });
  });
  afterAll(() => server.close());

  it("give every model and profile once, offered or hidden", () => {
    const given = [...result.models, ...result.hidden].map(({ id }) => id).sort();
    const listed = [...models.map(({ modelId }) => modelId), ...profiles.map((row) => row.inferenceProfileId)];
    expect(given).toEqual([...new Set(listed)].sort());
  });

  it("offer on demand exactly the active streaming models of text that say ON_DEMAND, without aliases", () => {
    const plain = new Set(models.map(({ modelId }) => modelId));
    const expected = models.filter(
      (row) =>
        JSON.stringify(row["inferenceTypesSupported"]).includes('"ON_DEMAND"') &&
        JSON.stringify(row["modelLifecycle"]).includes('"ACTIVE"') &&
        JSON.stringify(row["outputModalities"]).includes('"TEXT"') &&
        JSON.stringify(row["inputModalities"]).includes('"TEXT"') &&
        row["responseStreamingSupported"] === true &&
        !(/:\w+:\w+$/u.test(row.modelId) && plain.has(row.modelId.replace(/:\w+$/u, ""))),
    );
    const offered = result.models.filter(({ invocation }) => invocation.kind === "on-demand");
    expect(offered.map(({ id }) => id).sort()).toEqual(expected.map(({ modelId }) => modelId).sort());
  });

  it("leave no offered model without a family and a provider, and only the video model without a known window", () => {
    const unknown = result.models.filter(({ capabilities }) => capabilities.family === "unknown");
    expect(unknown.map(({ id }) => id)).toEqual([]);
    expect(result.models.filter(({ provider }) => provider === "unknown")).toEqual([]);
    const windowless = result.models.filter(({ capabilities }) => !capabilities.contextWindow);
    expect([...new Set(windowless.map(({ baseModelId }) => baseModelId))]).toEqual(["twelvelabs.pegasus-1-2-v1:0"]);
  });

  it("name an alternative, or say that there is none, for each model that is hidden as profile only", () => {
    const ids = new Set(profiles.map((row) => row.inferenceProfileId));
    for (const { reason, detail } of result.hidden.filter((row) => row.reason === "profile only")) {
      expect(reason).toBe("profile only");
      expect([...ids].some((id) => detail.includes(id)) || detail.includes("none is listed")).toBe(true);
    }
  });

  it("hide nothing as not invocable that is not an alias of something", () => {
    expect(result.hidden.filter(({ reason }) => reason === "not invocable")).toEqual([]);
  });
});
