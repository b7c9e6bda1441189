// Every answer through both decoders on the lowest and the newest SDK of our range: the events must be equal.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { createConverse, type RuntimeSdk } from "../../packages/bedrock-converse/src/index.ts";
import { eventFrame, exceptionFrame } from "../../packages/bedrock-converse/test/frames.ts";
import { type Recording, recordings, recordingsFolder } from "../../packages/bedrock-converse/test/recordings.ts";
import { cut, startReplayServer, streamed } from "../../packages/bedrock-converse/test/replay-server.ts";
import type { AssistantMessageEvent } from "../../packages/conversation/src/index.ts";

const FOLDER = import.meta.dirname;
const manifest = JSON.parse(readFileSync(join(FOLDER, "package.json"), "utf8"));
const range = /client-bedrock-runtime": \^(\S+)/u.exec(
  readFileSync(join(FOLDER, "../../pnpm-workspace.yaml"), "utf8"),
)?.[1];
const lowest: string = manifest.devDependencies["sdk-lowest"];
if (range === undefined || !lowest.endsWith(`@${range}`))
  throw new Error(`The range begins at ${range}, but ${lowest} is installed`);
if (!existsSync(join(FOLDER, "node_modules/sdk-newest"))) {
  execFileSync("pnpm", ["install", "--frozen-lockfile"], { cwd: FOLDER, stdio: "inherit" });
}

const load = async (alias: string): Promise<RuntimeSdk> =>
  (await import(join(FOLDER, "node_modules", alias, "dist-cjs/index.js"))) as RuntimeSdk;

/** What no recording holds: blobs, exceptions, events of a later version, several calls. */
const SCRIPTS: readonly Recording[] = [
  script("a redacted thought", [
    delta(0, { reasoningContent: { text: "hm" } }),
    delta(0, { reasoningContent: { signature: "c2ln" } }),
    eventFrame("contentBlockStop", { contentBlockIndex: 0 }),
    delta(1, { reasoningContent: { redactedContent: Buffer.from([0, 255, 128, 7]).toString("base64") } }),
    ...stopped("end_turn"),
  ]),
  script("two calls and a citation", [
    delta(0, {
      citation: { title: "t", sourceContent: [{ text: "s" }], location: { documentChar: { start: 1, end: 2 } } },
    }),
    delta(0, { text: "é 漢 🙂" }),
    ...["a", "b"].flatMap((name, n) => [
      eventFrame("contentBlockStart", { contentBlockIndex: n + 1, start: { toolUse: { toolUseId: name, name } } }),
      delta(n + 1, { toolUse: { input: '{"x":' } }),
      delta(n + 1, { toolUse: { input: "1}" } }),
      eventFrame("contentBlockStop", { contentBlockIndex: n + 1 }),
    ]),
    ...stopped("tool_use"),
  ]),
  ...[
    "throttlingException",
    "modelStreamErrorException",
    "validationException",
    "internalServerException",
    "serviceUnavailableException",
  ].map((type) =>
    script(`a ${type}`, [delta(0, { text: "Kept." }), exceptionFrame(type, { message: "Too many tokens per day." })]),
  ),
  script("no stop", [delta(0, { text: "Kept." })]),
];

function delta(contentBlockIndex: number, piece: object): Uint8Array {
  return eventFrame("contentBlockDelta", { contentBlockIndex, delta: piece });
}

function stopped(stopReason: string): Uint8Array[] {
  return [
    eventFrame("messageStop", { stopReason }),
    eventFrame("metadata", { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 }, metrics: { latencyMs: 5 } }),
  ];
}

function script(name: string, frames: readonly Uint8Array[]): Recording {
  const modelId = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
  return { name, modelId, bytes: Buffer.concat([eventFrame("messageStart", { role: "assistant" }), ...frames]) };
}

const server = await startReplayServer(streamed([]));

/** Clocks, and the live partial, whose state at an event depends on how many events came in one piece of the body. */
const LEFT_OUT = new Set(["timestamp", "timing", "partial"]);

/** The events as data; the final message is in the last one. */
async function eventsOf({ modelId, bytes }: Recording, sdk: RuntimeSdk, decoder: "own" | "sdk"): Promise<unknown[]> {
  server.answer = streamed(cut(bytes, 1021));
  const converse = createConverse({ aws: server.aws, decoder, sdk: async () => sdk });
  const events: AssistantMessageEvent[] = [];
  const messages = [{ role: "user" as const, content: "hi", timestamp: 0 }];
  for await (const event of converse.stream({ model: modelId, messages })) events.push(structuredClone(event));
  return events.map((event) =>
    JSON.parse(JSON.stringify(event, (key, value) => (LEFT_OUT.has(key) ? undefined : value))),
  );
}

const answers = [...SCRIPTS, ...(existsSync(recordingsFolder) ? recordings() : [])];
const problems: string[] = [];
const newest = await load("sdk-newest");
for (const answer of answers) {
  const expected = await eventsOf(answer, newest, "own");
  if (expected.length < 2) problems.push(`${answer.name}: no events`);
  for (const alias of ["sdk-lowest", "sdk-newest"]) {
    for (const decoder of ["own", "sdk"] as const) {
      const events = await eventsOf(answer, await load(alias), decoder);
      if (isDeepStrictEqual(events, expected)) continue;
      const at = events.findIndex((event, n) => !isDeepStrictEqual(event, expected[n]));
      problems.push(
        `${answer.name}, ${alias}, ${decoder} decoder: event ${at} is\n  ${JSON.stringify(events[at])}\nnot\n  ${JSON.stringify(expected[at])}`,
      );
    }
  }
}
await server.close();
console.log(
  `${answers.length} answers, both decoders, ${lowest} and ${manifest.devDependencies["sdk-newest"]}: ${problems.length} differences`,
);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
