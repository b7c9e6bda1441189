import { setTimeout as wait } from "node:timers/promises";
import { startGateway } from "../lib/gateway.ts";
import { at, listAt, parseJson } from "../lib/json.ts";
import { newUser, type Scenario } from "../lib/scenario.ts";

const HAIKU = "amazon-bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0";
const MANTLE = "amazon-bedrock-mantle/openai.gpt-oss-120b";
const SESSION_SECONDS = 20;

/** A host on EC2: no variable and no file, only the role of the instance, whose credentials end soon. */
export const instanceRole: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "instance role", {
    credentials: "instance",
    settings: { agents: { defaults: { model: { primary: HAIKU } } } },
    emulator: { sessionSeconds: SESSION_SECONDS },
  });
  const { host, bedrock } = user;

  const closed = await host.cli(["models", "list", "--refresh", "--json"]);
  checks.ok(
    closed.code === 0 && bedrock.requests.length === 0,
    "instance role: nothing is asked, not even the instance, before the user opts in",
    bedrock.requests,
  );
  for (const [key, value] of [
    ["enabled", "true"],
    ["region", "us-east-1"],
  ] as const) {
    const set = await host.cli(["config", "set", `plugins.entries.amazon-bedrock.config.discovery.${key}`, value]);
    checks.ok(set.code === 0, `instance role: config set discovery.${key} ${value}`, set);
  }
  const listed = await host.cli(["models", "list", "--refresh", "--json"]);
  checks.ok(
    JSON.stringify(listAt(parseJson(listed.stdout), "models")).includes(HAIKU),
    "instance role: then the models are listed",
    listed,
  );
  checks.ok(
    bedrock.of("ListFoundationModels").every(({ status, auth }) => status === 200 && auth.kind === "sigv4"),
    "instance role: the lists were signed with the role's credentials",
    bedrock.requests,
  );

  await host.configure({
    plugins: { entries: { "amazon-bedrock": { config: { mantle: { discovery: { enabled: true } } } } } },
  });
  await using running = await startGateway(host);
  const keys: string[] = [];
  for (const word of ["pear-1", "pear-2"]) {
    const turn = await running.ask(`Reply with exactly: ${word}`, { session: "converse" });
    const mantle = await running.ask(`Reply with exactly: ${word}`, { session: "mantle", model: MANTLE });
    checks.ok(turn.text === word, `instance role: Converse answers (${word})`, turn);
    checks.ok(mantle.text === word, `instance role: Mantle answers with a minted token (${word})`, mantle);
    keys.push(bedrock.of("ChatCompletions").at(-1)?.auth.accessKeyId ?? "none");
    if (keys.length === 1) await wait((SESSION_SECONDS + 1) * 1000);
  }
  checks.ok(
    new Set(keys).size === 2 && !keys.includes("none"),
    "Mantle token: when it has ended with its credentials, the next request has a new one",
    keys,
  );
  checks.ok(
    bedrock.of("ChatCompletions").every(({ status }) => status === 200),
    "Mantle token: none was refused",
    bedrock.of("ChatCompletions"),
  );
};

/** A host in a container: its role is told by a variable, and nothing has to be switched on for turns. */
export const containerRole: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "container role", { credentials: "container" });
  const { host, bedrock } = user;
  const mantle = await host.ask("Reply with exactly: pear-3", MANTLE);
  checks.ok(
    at(mantle.json, "final") === "pear-3" && bedrock.of("ChatCompletions").at(-1)?.auth.kind === "bearer",
    "container role: Mantle answers with a minted token",
    mantle,
  );
  const converse = await host.ask("Reply with exactly: pear-4", HAIKU);
  checks.ok(at(converse.json, "final") === "pear-4", "container role: Converse answers", converse);
};
