import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { listsServer, type ModelRow, type ProfileRow } from "../test/lists-server.ts";
import { discoverModels } from "./discover-models.ts";
import type { DiscoveryResult, HiddenModel } from "./types.ts";

const DATA = process.env["CLAWROCK_SHARED_DATA"] ?? fileURLToPath(new URL("../../../../shared/data", import.meta.url));
const LISTS = `${DATA}/control-plane`;
const REGION = "us-east-1";
const read = (name: string) => JSON.parse(readFileSync(`${LISTS}/${name}.json`, "utf8"));

/** A row of the public table: ways to invoke a model by region, `ON_DEMAND`, `PROVISIONED` or a geography. */
interface TableRow {
  readonly inference_types: Readonly<Record<string, readonly string[]>>;
  readonly inferenceProfile?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly model_lifecycle_status: string;
}

/** A model and a way: what is compared. */
interface Way {
  readonly model: string;
  readonly way: string;
}

it.skipIf(!existsSync(LISTS))(
  "of the real lists of January offer what the availability table of August says, but for differences under a named rule",
  async () => {
    const models: readonly ModelRow[] = read(`list-foundation-models.${REGION}.2026-01-01`).modelSummaries;
    const profiles: readonly ProfileRow[] = read(
      `list-inference-profiles.${REGION}.2026-01-01`,
    ).inferenceProfileSummaries;
    const table: Readonly<Record<string, TableRow>> = read("availability.all-regions.2026-08-21");
    const server = await listsServer(REGION);
    server.models = { rows: models };
    server.profiles = { rows: profiles, pageSize: 20 };
    const result = await discoverModels({ aws: server.aws });
    await server.close();

    const listedIds = new Set([
      ...models.map(({ modelId }) => modelId),
      ...profiles.map((row) => row.inferenceProfileId),
    ]);
    const hidden = new Map(result.hidden.map((row) => [row.id, row]));
    const offered = offeredWays(result);
    const tabled = Object.entries(table).flatMap(([model, row]) =>
      (row.inference_types[REGION] ?? []).map((way): Way => ({ model, way })),
    );
    const counts = new Map<string, number>();
    const unexplained: Way[] = [];
    const count = (rule: string | undefined, difference: Way): void => {
      if (rule === undefined) unexplained.push(difference);
      else counts.set(rule, (counts.get(rule) ?? 0) + 1);
    };
    const key = ({ model, way }: Way): string => `${way} ${model}`;
    const ours = new Set(offered.map(key));
    const theirs = new Set(tabled.map(key));
    for (const way of tabled) if (!ours.has(key(way))) count(whyNotOffered(way, listedIds, hidden), way);
    for (const way of offered) if (!theirs.has(key(way))) count(whyNotTabled(way, listedIds, table), way);

    expect(unexplained).toEqual([]);
    expect(tabled.filter((way) => ours.has(key(way)))).toHaveLength(62);
    expect(Object.fromEntries([...counts].sort())).toEqual(DIFFERENCES);

    // Where both know a profile, its requests go to the same regions, but for those that AWS added.
    const moved = result.models.flatMap(({ id, baseModelId = "", invocation }) => {
      if (invocation.kind !== "inference-profile" || invocation.destinationRegions.includes("*")) return [];
      const there = table[baseModelId]?.inferenceProfile?.[geographyOf(id)]?.[REGION];
      const gone = there && invocation.destinationRegions.filter((region) => !there.includes(region));
      return gone && gone.length > 0 ? [{ id, gone }] : [];
    });
    expect(moved).toEqual([]);
  },
);

/** How many ways each rule explains; those that left are offered and not in the table, the others the reverse. */
const DIFFERENCES = {
  "hidden: embeddings": 13,
  "hidden: no streaming": 1,
  "hidden: no text input": 2,
  "hidden: no text output": 16,
  "provisioned throughput is the account's own, listed on request": 1,
  "the model came after the lists": 61,
  "the model left after the lists": 8,
  "the profile left after the lists": 1,
};

/** Why a way of the table is not offered: it came after the lists, or the listing itself says why. */
function whyNotOffered(
  { model, way }: Way,
  listed: ReadonlySet<string>,
  hidden: ReadonlyMap<string, HiddenModel>,
): string | undefined {
  const id = way === "ON_DEMAND" || way === "PROVISIONED" ? model : `${way.toLowerCase()}.${model}`;
  if (!listed.has(id)) return listed.has(model) ? "the profile came after the lists" : "the model came after the lists";
  if (way === "PROVISIONED") return "provisioned throughput is the account's own, listed on request";
  const row = hidden.get(id);
  return row && `hidden: ${row.reason}`;
}

/** Why an offered way is not in the table: it is in the lists, and the table of eight months later has it no more. */
function whyNotTabled(
  { model, way }: Way,
  listed: ReadonlySet<string>,
  table: Readonly<Record<string, TableRow>>,
): string | undefined {
  const id = way === "ON_DEMAND" ? model : `${way.toLowerCase()}.${model}`;
  if (!listed.has(id)) return undefined;
  const row = table[model];
  if (!row) return "the model left after the lists";
  if (!row.inference_types[REGION]) return `the model left ${REGION} after the lists`;
  return way === "ON_DEMAND" ? undefined : "the profile left after the lists";
}

function offeredWays({ models }: DiscoveryResult): Way[] {
  return models.map(({ id, baseModelId = "", invocation }) => ({
    model: baseModelId,
    way: invocation.kind === "on-demand" ? "ON_DEMAND" : geographyOf(id),
  }));
}

/** `US` of `us.amazon.nova-lite-v1:0`. */
function geographyOf(profileId: string): string {
  return profileId.slice(0, profileId.indexOf(".")).toUpperCase();
}
