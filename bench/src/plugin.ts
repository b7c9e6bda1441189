// What the OpenClaw plugin costs: to commands that do not use it, and with its first call against the raw SDK's. Of the
// built plugin, in fresh processes, against a stub server, with a compile cache as in OpenClaw.
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startStub } from "./converse/stub.ts";
import { median } from "./statistics.ts";
import { comparedRow, figureRow, tableHead } from "./table.ts";

const PLUGIN = new URL("../../packages/openclaw-provider/", import.meta.url);
const HERE = fileURLToPath(new URL("..", import.meta.url));
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 30);
const GOAL_MS = 15;
const GOAL_RATIO = 0.65;
const MODEL = "bench.text-20";

execFileSync("pnpm", ["run", "--silent", "build"], { cwd: fileURLToPath(PLUGIN), stdio: "ignore" });
const stub = await startStub();
/** OpenClaw keeps compiled code from run to run; so do both sides here. */
const compiled = mkdtempSync(join(tmpdir(), "clawrock-bench-"));

/** What the host does with the plugin in any command: it is loaded, registered, and asked about a model. */
const REGISTER = `
const { default: plugin } = await import(${JSON.stringify(new URL("dist/index.js", PLUGIN).href)});
const providers = [];
plugin.register({
  logger: { info() {}, warn() {} },
  runtime: { version: "2026.9.6", config: { current: () => ({}) }, state: { resolveStateDir: () => "/nonexistent" } },
  registerProvider: (provider) => providers.push(provider),
  registerEmbeddingProvider() {},
  registerCli() {},
});
for (const provider of providers) {
  const context = { provider: provider.id, modelId: ${JSON.stringify(MODEL)}, config: {} };
  provider.resolveDynamicModel(context);
  provider.resolveThinkingProfile(context);
  provider.buildReplayPolicy(context);
}
`;

const CALL = `
const context = { provider: "amazon-bedrock", modelId: ${JSON.stringify(MODEL)}, config: {} };
const model = { ...providers[0].resolveDynamicModel(context), id: ${JSON.stringify(MODEL)}, provider: "amazon-bedrock" };
const messages = [{ role: "user", content: "hi", timestamp: 0 }];
const stream = await providers[0].createStreamFn(context)(model, { messages });
for await (const event of stream) if (event.type === "error") throw new Error(event.error.errorMessage);
`;

const RAW = `
const { BedrockRuntimeClient, ConverseStreamCommand } = await import("@aws-sdk/client-bedrock-runtime");
const client = new BedrockRuntimeClient({});
const messages = [{ role: "user", content: [{ text: "hi" }] }];
const { stream } = await client.send(new ConverseStreamCommand({ modelId: ${JSON.stringify(MODEL)}, messages }));
for await (const event of stream) if (event.internalServerException) throw event.internalServerException;
`;

const empty: number[] = [];
const register: number[] = [];
const [ours, theirs, oursByTls, theirsByTls]: [Spent[], Spent[], Spent[], Spent[]] = [[], [], [], []];
const [http1, http2] = [stub.ports.http1, stub.ports.http2].map((port) => `http://127.0.0.1:${port}`);
const tls = `https://localhost:${stub.ports.tls}`;
for (let round = -1; round < ROUNDS; round++) {
  // The first round fills the cache.
  if (round === 0) for (const figures of [empty, register, ours, theirs, oursByTls, theirsByTls]) figures.length = 0;
  empty.push((await spentBy("")).cpu);
  register.push((await spentBy(REGISTER)).cpu);
  // HTTP/2 is the SDK's own choice.
  ours.push(await spentBy(REGISTER + CALL, http1));
  theirs.push(await spentBy(RAW, http2));
  oursByTls.push(await spentBy(REGISTER + CALL, tls));
  theirsByTls.push(await spentBy(RAW, tls));
}
stub.stop();
rmSync(compiled, { recursive: true });

const added = median(register.map((cpu, round) => cpu - (empty[round] ?? 0)));
const row = (what: string, of: keyof Spent, ourSide: readonly Spent[], theirSide: readonly Spent[]): string =>
  comparedRow({
    what,
    ours: ourSide.map((spent) => spent[of]),
    theirs: theirSide.map((spent) => spent[of]),
    unit: "ms",
    against: "raw SDK",
    goal: GOAL_RATIO,
  });
console.log(
  [
    tableHead(),
    figureRow(
      "loaded, registered and asked about a model: CPU",
      `${added.toFixed(1)} ms`,
      `≤ ${GOAL_MS} ms`,
      added <= GOAL_MS,
    ),
    row("import and first call: CPU", "cpu", ours, theirs),
    row("import and first call: time", "wall", ours, theirs),
    row("the same by TLS: CPU", "cpu", oursByTls, theirsByTls),
    row("the same by TLS: time", "wall", oursByTls, theirsByTls),
  ].join("\n"),
);

interface Spent {
  /** Milliseconds of a whole process, Node's own start left out. */
  readonly cpu: number;
  readonly wall: number;
}

/** What code costs in a process of its own that loads builds, not sources. */
async function spentBy(code: string, endpoint = ""): Promise<Spent> {
  const program = `
const began = process.hrtime.bigint(), before = process.cpuUsage();
${code}
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ cpu: (user + system) / 1000, wall: Number(process.hrtime.bigint() - began) / 1e6 }));
`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: HERE,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: "/nonexistent",
      NODE_COMPILE_CACHE: compiled,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "example",
      NODE_EXTRA_CA_CERTS: stub.certificateFile,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: endpoint,
    },
  });
  return JSON.parse(stdout);
}
