import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { at, listAt, numberAt } from "../lib/json.ts";
import { newUser, type Scenario } from "../lib/scenario.ts";

const MODEL = "amazon-bedrock-mantle/openai.gpt-oss-120b";

/** Turns through Mantle: with a token minted from keys, and with the literal of the documentation. */
export const mantleTurns: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "mantle");
  const { host, bedrock } = user;
  const turns = (): typeof bedrock.requests =>
    bedrock.requests.filter(({ operation }) => operation === "ChatCompletions");

  const said = await host.ask("Reply with exactly: papaya-7", MODEL);
  checks.ok(said.code === 0 && at(said.json, "final") === "papaya-7", "mantle: the answer arrives", said);
  checks.ok(numberAt(said.json, "usage", "output") > 0, "mantle: tokens arrive", said.json);
  if (world.release.tellsCost) checks.ok(numberAt(said.json, "costUsd") > 0, "mantle: the cost arrives", said.json);
  const [first] = turns();
  checks.ok(
    turns().length === 1 && first?.auth.kind === "bearer" && first.auth.accessKeyId !== undefined,
    "mantle: a bearer token minted from the keys",
    turns().map(({ auth, status }) => ({ auth, status })),
  );

  await writeFile(join(host.workspace, "fact.txt"), "the password is marlin\n");
  const read = await host.ask('Use the read tool with {"path":"fact.txt"} and tell me what it says', MODEL);
  checks.ok(String(at(read.json, "final")).includes("marlin"), "mantle tool: the answer rests on the file", read);
  checks.ok(
    listAt(read.json, "toolSummary", "tools").includes("read"),
    "mantle tool: the host ran the tool",
    read.json,
  );
  checks.ok(
    turns().length === 3 && turns().every(({ status }) => status === 200),
    "mantle tool: two requests",
    turns(),
  );
};

/** A user with a Bedrock API key, and the provider entry of the documentation. */
export const mantleByKey: Scenario = async (world) => {
  const { checks } = world;
  const provider = {
    baseUrl: "https://bedrock-mantle.us-east-1.api.aws/v1",
    api: "openai-completions",
    auth: "api-key",
    apiKey: "env:AWS_BEARER_TOKEN_BEDROCK",
    models: [
      {
        id: "openai.gpt-oss-20b",
        name: "GPT-OSS 20B",
        reasoning: true,
        input: ["text"],
        cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
        contextWindow: 32000,
        maxTokens: 4096,
      },
    ],
  };
  await using user = await newUser(world, "mantle by key", {
    credentials: "bearer",
    settings: { models: { providers: { "amazon-bedrock-mantle": provider } } },
  });
  const { host, bedrock } = user;
  const said = await host.ask("Reply with exactly: guava-9", "amazon-bedrock-mantle/openai.gpt-oss-20b");
  checks.ok(said.code === 0 && at(said.json, "final") === "guava-9", "mantle by key: the answer arrives", said);
  const [turn] = bedrock.requests.filter(({ operation }) => operation === "ChatCompletions");
  checks.ok(
    turn?.auth.kind === "bearer" && turn.auth.accessKeyId === undefined,
    "mantle by key: env:AWS_BEARER_TOKEN_BEDROCK means the variable",
    turn?.auth,
  );
  const converse = await host.ask("Reply with exactly: lychee-3", "bedrock/us.amazon.nova-lite-v1:0");
  checks.ok(at(converse.json, "final") === "lychee-3", "converse by key: the answer arrives, by the alias", converse);
  const last = bedrock.requests.at(-1);
  checks.ok(
    last?.operation === "ConverseStream" && last.auth.kind === "bearer",
    "converse by key: the key was used",
    last?.auth,
  );
};
