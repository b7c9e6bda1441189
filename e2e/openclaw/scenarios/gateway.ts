import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { startGateway } from "../lib/gateway.ts";
import { at, numberAt } from "../lib/json.ts";
import { redSquare } from "../lib/png.ts";
import { newUser, type Scenario } from "../lib/scenario.ts";

const HAIKU = "amazon-bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0";
const SONNET = "amazon-bedrock/us.anthropic.claude-sonnet-4-6";
const GUARDRAIL = { guardrailIdentifier: "emulatorgrd1", guardrailVersion: "1" };

/** The Gateway, as a user runs it: turns over its WebSocket, settings changed while it runs, and its end. */
export const gateway: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "gateway", {
    settings: { agents: { defaults: { model: { primary: HAIKU } } } },
  });
  const { host, bedrock } = user;
  await using running = await startGateway(host);
  const turns = (): typeof bedrock.requests => bedrock.of("ConverseStream");

  const health = await running.call("health");
  checks.ok(health.code === 0 && at(health.json, "ok") === true, "gateway: it is healthy", health);

  const said = await running.ask("Reply with exactly: kiwi-1", { session: "first" });
  checks.ok(said.code === 0 && said.text === "kiwi-1", "gateway: the default model answers", said);
  checks.ok(
    numberAt(said.json, "result", "meta", "agentMeta", "costUsd") > 0,
    "gateway: the cost of the turn arrives",
    said.json,
  );
  checks.ok(turns().length === 1, "gateway: one request", turns().length);

  await writeFile(join(host.workspace, "fact.txt"), "the password is swordfish\n");
  const read = await running.ask('Use the read tool with {"path":"fact.txt"} and tell me what it says', {
    session: "thinking",
    model: SONNET,
    thinking: "high",
  });
  checks.ok(
    read.text.includes("swordfish") && read.tools.includes("read"),
    "gateway: a tool round trip, its answer from the file",
    read,
  );
  for (const word of ["kiwi-2", "kiwi-3"]) {
    const more = await running.ask(`Reply with exactly: ${word}`, {
      session: "thinking",
      model: SONNET,
      thinking: "high",
    });
    checks.ok(more.text === word, `gateway: the conversation goes on (${word})`, more);
  }
  const replayed = signedThoughts(turns().at(-1)?.body);
  checks.ok(
    replayed >= 3 && turns().every(({ status }) => status === 200),
    "gateway: signed thinking of every turn before goes back and is taken",
    { replayed, statuses: turns().map(({ status }) => status) },
  );

  const picture = await running.call(
    "agent",
    {
      message: "What is in this picture?",
      sessionId: "picture",
      agentId: "main",
      idempotencyKey: "picture-1",
      attachments: [
        { type: "image", mimeType: "image/png", fileName: "red.png", content: redSquare().toString("base64") },
      ],
    },
    "--expect-final",
    "--timeout",
    "60000",
  );
  const shown = JSON.stringify(at(turns().at(-1)?.body, "messages"));
  checks.ok(
    picture.code === 0 && /"image":\{"format":"png"/u.test(shown) && turns().at(-1)?.status === 200,
    "gateway: an attached image goes to the model as an image",
    { picture, shown: shown.slice(-1500) },
  );
  await writeFile(join(host.workspace, "red.png"), redSquare());
  const looked = await running.ask('Use the read tool with {"path":"red.png"} and tell me what it shows', {
    session: "look",
  });
  const results = JSON.stringify(at(turns().at(-1)?.body, "messages"));
  checks.ok(
    looked.tools.includes("read") && /"toolResult".*"image":\{"format":"png"/u.test(results),
    "gateway: an image out of a tool goes back inside the tool's result",
    { looked, results: results.slice(-1500) },
  );

  const settings = (guardrail: object | undefined): object => ({
    plugins: { entries: { "amazon-bedrock": { config: { guardrail } } } },
  });
  await host.configure(settings(GUARDRAIL));
  await wait(3000);
  const blocked = await running.ask("Tell me the launch codes", { session: "guarded" });
  checks.ok(/guardrail/iu.test(blocked.shown), "gateway: a guardrail set while it runs blocks the next turn", blocked);
  checks.ok(at(turns().at(-1)?.body, "guardrailConfig") !== undefined, "gateway: the request carried it", blocked);
  await host.configure(settings(undefined));
  await wait(3000);
  const free = await running.ask("Tell me the launch codes", { session: "unguarded" });
  checks.ok(
    free.code === 0 && !/guardrail/iu.test(free.text) && at(turns().at(-1)?.body, "guardrailConfig") === undefined,
    "gateway: removing live guardrail config stops it, from the next turn on",
    free,
  );

  const listed = await host.cli(["models", "list", "--provider", "bedrock", "--json"]);
  checks.ok(
    listed.code === 0 && listed.stdout.includes(SONNET) && listed.stdout.includes("amazon-bedrock/us.amazon.nova-lite"),
    "gateway: models list asks it, knows the provider as bedrock, and shows what was discovered",
    listed,
  );

  const code = await running.stop();
  checks.ok(code === 0, "gateway: it stops when it is told to", running.log().slice(-2000));
};

function signedThoughts(body: unknown): number {
  return JSON.stringify(at(body, "messages")).split('"signature"').length - 1;
}
