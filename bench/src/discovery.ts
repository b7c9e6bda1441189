// Discovery beside the raw SDK against a control plane 80 ms away, a fresh process with a warm file store, and the join.
import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joined } from "node:path";
import { fileURLToPath } from "node:url";
import { BedrockClient, ListInferenceProfilesCommand } from "@aws-sdk/client-bedrock";
import { awsSession } from "@clawrock/aws-auth";
import { createModelDiscovery, discoverModels } from "@clawrock/bedrock-discovery";
import { createDiscoveryCache, fileStore } from "@clawrock/discovery-cache";
import { type ListedModel, readModel } from "../../packages/bedrock-discovery/src/lists/list-foundation-models.ts";
import { type ListedProfile, readProfile } from "../../packages/bedrock-discovery/src/lists/list-inference-profiles.ts";
import { join } from "../../packages/bedrock-discovery/src/rows/join.ts";
import { listingOf } from "../../packages/bedrock-discovery/src/rows/listing.ts";
import { ranked } from "../../packages/bedrock-discovery/src/rows/rank.ts";
import { print } from "./print.ts";
import { median, pairedRatio, verdict } from "./statistics.ts";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 30);
const REGIONS = ["us-east-1", "us-west-2", "eu-central-1", "ap-northeast-1"];
// An authority of this machine would be read for each session and measured with it.
for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
const credentials = { accessKeyId: "AKIABENCH", secretAccessKey: "bench-secret" };

const server = fork(joined(import.meta.dirname, "discovery-server.ts"), { execArgv: process.execArgv });
const { port } = await told<{ readonly port: number }>();
const bedrock = `http://127.0.0.1:${port}`;
const session = () => awsSession({ region: "us-east-1", credentials, endpoints: { bedrock } });

await overTheNetwork();
await freshProcess();
joinOfMany();
server.kill();

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}

async function overTheNetwork(): Promise<void> {
  // Each has its connections to open, as at a start.
  const chain = async (): Promise<void> => {
    const aws = session();
    const client = new BedrockClient(aws.clientConfig("bedrock"));
    let nextToken: string | undefined;
    do {
      ({ nextToken } = await client.send(
        new ListInferenceProfilesCommand({ typeEquals: "SYSTEM_DEFINED", nextToken }),
      ));
    } while (nextToken !== undefined);
    aws.close();
  };
  const cold = async (regions?: readonly string[]): Promise<void> => {
    const aws = session();
    const { models, warnings } = await discoverModels({ aws, regions });
    if (models.length === 0 || warnings.length > 0) throw new Error("nothing was listed");
    aws.close();
  };
  for (let warm = 0; warm < 3; warm++) {
    await chain();
    await cold(REGIONS);
  }
  const [chains, ones, fours]: number[][] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    chains?.push(await timed(chain));
    ones?.push(await timed(() => cold()));
    fours?.push(await timed(() => cold(REGIONS)));
  }
  const whole = pairedRatio(ones ?? [], chains ?? []);
  const several = pairedRatio(fours ?? [], ones ?? []);
  print("longest page chain by the raw SDK, ms", median(chains ?? []));
  print("cold discovery, ms", median(ones ?? []));
  print("  of the chain", whole.median);
  console.log(`  ${whole.low.toFixed(2)}–${whole.high.toFixed(2)}, goal 1.10: ${verdict(whole, 1.1)}`);
  print("four regions, ms", median(fours ?? []));
  print("  of one region", several.median);
  console.log(`  ${several.low.toFixed(2)}–${several.high.toFixed(2)}, goal 1.15: ${verdict(several, 1.15)}`);
}

interface FreshRun {
  readonly load: number;
  readonly list: number;
  /** To look at the record of every row and at what is hidden. */
  readonly look?: number;
  readonly rows?: number;
  readonly freshness?: string;
}

/** A script in a process of its own. */
function run(script: string, env: NodeJS.ProcessEnv): FreshRun {
  const ran = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return JSON.parse(ran.stdout);
}

/** Of the built packages, which is what users load. */
async function freshProcess(): Promise<void> {
  spawnSync("pnpm", ["exec", "turbo", "run", "build", "--filter=@clawrock/bedrock-discovery..."], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: ["ignore", "ignore", "inherit"],
  });
  const entry = (name: string): string =>
    JSON.stringify(new URL(`../../packages/${name}/dist/index.js`, import.meta.url).href);
  const directory = mkdtempSync(joined(tmpdir(), "discovery-bench-"));
  const script = `
    const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
    const start = cpu();
    const { awsSession } = await import(${entry("aws-auth")});
    const { createDiscoveryCache, fileStore } = await import(${entry("discovery-cache")});
    const { createModelDiscovery } = await import(${entry("bedrock-discovery")});
    const loaded = cpu();
    const aws = awsSession(${JSON.stringify({ region: "us-east-1", credentials, endpoints: { bedrock } })});
    const cache = createDiscoveryCache({ store: fileStore({ directory: ${JSON.stringify(directory)} }) });
    const { value, freshness } = await createModelDiscovery({ aws, cache })();
    const listed = cpu();
    for (const { capabilities } of value.models) if (!capabilities.family) throw new Error("no record");
    const looked = value.hidden.length > 0 && cpu();
    aws.close();
    const rows = value.models.length;
    console.log(JSON.stringify({ load: loaded - start, list: listed - loaded, look: looked - listed, rows, freshness }));`;
  run(script, {});
  const [file = ""] = readdirSync(directory);
  // What the same takes by hand, and what Node takes to load three modules that do nothing.
  const byHand = `
    const { user, system } = process.cpuUsage();
    const { readFile } = await import("node:fs/promises");
    JSON.parse(await readFile(${JSON.stringify(joined(directory, file))}, "utf8"));
    const now = process.cpuUsage();
    console.log(JSON.stringify({ load: 0, list: (now.user + now.system - user - system) / 1000 }));`;
  const empty = Array.from({ length: 3 }, (_, at) => joined(directory, `empty-${at}.mjs`));
  for (const path of empty) writeFileSync(path, "export const nothing = 0;\n");
  const threeModules = `
    const { user, system } = process.cpuUsage();
    for (const path of ${JSON.stringify(empty)}) await import(path);
    const now = process.cpuUsage();
    console.log(JSON.stringify({ load: (now.user + now.system - user - system) / 1000, list: 0 }));`;
  const cached = { NODE_COMPILE_CACHE: joined(directory, "compile-cache") };
  run(script, cached);
  const before = await requests();
  const [plain, compiled, hands, modules]: FreshRun[][] = [[], [], [], []];
  // Side by side, for the machine is not as fast at every moment.
  for (let round = 0; round < 31; round++) {
    plain?.push(run(script, {}));
    compiled?.push(run(script, cached));
    hands?.push(run(byHand, {}));
    modules?.push(run(threeModules, {}));
  }
  if ([...(plain ?? []), ...(compiled ?? [])].some(({ freshness }) => freshness !== "fresh")) {
    throw new Error("the store was not warm");
  }
  print("requests of 62 fresh processes", (await requests()) - before);
  print("rows", plain?.[0]?.rows ?? 0);
  print("bytes of the file", statSync(joined(directory, file)).size);
  const all = ({ load, list }: FreshRun): number => load + list;
  const figures: [string, FreshRun[] | undefined, (run: FreshRun) => number][] = [
    ["fresh process: loading the packages, CPU ms", plain, ({ load }) => load],
    ["  session, key, file, rows", plain, ({ list }) => list],
    ["  together", plain, all],
    ["  looking at each row's record and at what is hidden", plain, ({ look = 0 }) => look],
    ["with NODE_COMPILE_CACHE: loading the packages, CPU ms", compiled, ({ load }) => load],
    ["  session, key, file, rows", compiled, ({ list }) => list],
    ["  together", compiled, all],
    ["by hand: readFile and JSON.parse of that file, CPU ms", hands, all],
    ["Node alone: three modules of one line, CPU ms", modules, all],
  ];
  for (const [what, runs = [], of] of figures) print(what, median(runs.map(of)));
  rmSync(directory, { recursive: true });

  const aws = session();
  const cache = createDiscoveryCache({ store: fileStore({ directory }) });
  const discover = createModelDiscovery({ aws, cache });
  await discover();
  const calls = 2000;
  const known = await timed(async () => {
    for (let call = 0; call < calls; call++) await discover();
  });
  print("a list known in this process, µs", (known * 1000) / calls);
  aws.close();
  rmSync(directory, { recursive: true, force: true });
}

async function requests(): Promise<number> {
  server.send("how many");
  return (await told<{ readonly requests: number }>()).requests;
}

/** What the server says next. */
async function told<T>(): Promise<T> {
  const [message] = await once(server, "message");
  return message as T;
}

function joinOfMany(): void {
  const options = { defaultContextWindow: 32_000, defaultMaxTokens: 4096 };
  const real = [
    "anthropic.claude-opus-4-7",
    "amazon.nova-lite-v1:0",
    "meta.llama3-1-70b-instruct-v1:0",
    "openai.gpt-oss-120b-1:0",
  ];
  // An account with many application profiles, and one with models that nobody has heard of.
  const applications = Array.from({ length: 10_000 }, (_, at) => application(at, real[at % real.length] ?? ""));
  const unheard = Array.from({ length: 10_000 }, (_, at) => model(`vendor${at % 40}.model-${at}-v1:0`));
  const claudes = Array.from({ length: 10_000 }, (_, at) =>
    model(`anthropic.claude-opus-${at % 90}-${Math.floor(at / 90)}`),
  );
  const cases: [string, readonly ListedModel[][], readonly ListedProfile[]][] = [
    ["10,000 application profiles of listed models", [real.flatMap(model)], applications.flat()],
    ["10,000 models of unheard vendors, ids never seen", [unheard.flat()], []],
    ["10,000 unheard Claude models, ids never seen", [claudes.flat()], []],
  ];
  for (const [name, [models = []], profiles] of cases) {
    const costs = Array.from({ length: 7 }, (_, round) => {
      // Ids of their own in each round, or what is known of them would be remembered.
      const own = name.includes("never seen")
        ? models.map((each) => ({ ...each, id: each.id.replace(/(?=\d)/u, `${round}`) }))
        : models;
      const from = process.cpuUsage();
      const rows = join(listingOf({ region: "us-east-1", models: own, profiles, own: [] }), options);
      ranked(rows.models);
      const { user, system } = process.cpuUsage(from);
      if (rows.models.length < 10_000) throw new Error(`${rows.models.length} rows`);
      return (user + system) / 1000;
    });
    print(`join, ${name}, CPU ms`, median(costs));
  }
}

function model(modelId: string): ListedModel[] {
  return readModel({
    ...{ modelId, modelName: modelId, providerName: "P", inputModalities: ["TEXT"], outputModalities: ["TEXT"] },
    ...{
      responseStreamingSupported: true,
      inferenceTypesSupported: ["ON_DEMAND"],
      modelLifecycle: { status: "ACTIVE" },
    },
  });
}

function application(at: number, modelId: string): ListedProfile[] {
  const arn = `arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/p${at}`;
  const models = [{ modelArn: `arn:aws:bedrock:us-east-1::foundation-model/${modelId}` }];
  const inferenceProfileName = `profile ${at}`;
  return readProfile(
    { inferenceProfileId: `p${at}`, inferenceProfileArn: arn, inferenceProfileName, status: "ACTIVE", models },
    "APPLICATION",
  );
}
