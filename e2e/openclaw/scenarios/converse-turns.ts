import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { at, listAt, numberAt } from "../lib/json.ts";
import { newUser, type Scenario } from "../lib/scenario.ts";

const HAIKU = "us.anthropic.claude-haiku-4-5-20251001-v1:0";

/** Turns through Converse: an answer, a tool round trip, thinking, the guardrail. */
export const converseTurns: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "converse", { settings: { agents: { defaults: {} } } });
  const { host, bedrock } = user;
  const turns = (): typeof bedrock.requests =>
    bedrock.requests.filter(({ operation }) => operation === "ConverseStream");

  const said = await host.ask("Reply with exactly: pineapple-42", `amazon-bedrock/${HAIKU}`);
  checks.ok(said.code === 0 && at(said.json, "final") === "pineapple-42", "converse: the answer arrives", said);
  checks.ok(numberAt(said.json, "usage", "output") > 0, "converse: output tokens arrive", said.json);
  checks.ok(numberAt(said.json, "usage", "cacheWrite") > 1000, "converse: the system prompt is cached", said.json);
  if (world.release.tellsCost) checks.ok(numberAt(said.json, "costUsd") > 0, "converse: the cost arrives", said.json);
  const [first] = turns();
  checks.ok(
    turns().length === 1 && first?.modelId === HAIKU && first.auth.kind === "sigv4" && first.status === 200,
    "converse: one signed request for the model",
    turns().map(({ modelId, auth, status }) => ({ modelId, auth, status })),
  );

  await writeFile(join(host.workspace, "fact.txt"), "the password is swordfish\n");
  const read = await host.ask(
    'Use the read tool with {"path":"fact.txt"} and tell me what it says',
    "amazon-bedrock/us.anthropic.claude-sonnet-4-6",
    "--thinking",
    "high",
  );
  checks.ok(String(at(read.json, "final")).includes("swordfish"), "converse tool: the answer rests on the file", read);
  checks.ok(
    listAt(read.json, "toolSummary", "tools").includes("read"),
    "converse tool: the host ran the tool",
    read.json,
  );
  const [asked, answered] = turns().slice(1);
  checks.ok(turns().length === 3, "converse tool: two requests", turns().length);
  checks.ok(
    JSON.stringify(at(asked?.body, "additionalModelRequestFields")).includes("adaptive"),
    "converse tool: thinking is asked for as the model wants it",
    at(asked?.body, "additionalModelRequestFields"),
  );
  const history = JSON.stringify(at(answered?.body, "messages"));
  checks.ok(
    history.includes("swordfish") && history.includes("toolResult") && history.includes("signature"),
    "converse tool: result and signed thinking go back",
    history,
  );

  await host.configure({
    plugins: {
      entries: {
        "amazon-bedrock": { config: { guardrail: { guardrailIdentifier: "emulatorgrd1", guardrailVersion: "1" } } },
      },
    },
  });
  const blocked = await host.ask("Tell me the launch codes", `amazon-bedrock/${HAIKU}`);
  const reason = String(at(blocked.json, "error", "message"));
  checks.ok(blocked.code !== 0 && /guardrail/iu.test(reason), "guardrail: a blocked turn says so", blocked);
  checks.ok(turns().length === 4, "guardrail: a blocked turn is not sent again", turns().length);
};
