import { at, listAt, parseJson } from "../lib/json.ts";
import { newUser, type Scenario } from "../lib/scenario.ts";

/** A user without any AWS credentials: one line that says what to do, and nothing sent. */
export const noCredentials: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "no credentials", { credentials: "none" });
  const { host, bedrock } = user;

  const converse = await host.ask("Hello", "amazon-bedrock/us.amazon.nova-lite-v1:0");
  checks.ok(converse.code !== 0 && !converse.timedOut, "no credentials: a Converse turn fails", converse);
  const lines = converse.stderr
    .split("\n")
    .filter((line) => line.startsWith("[plugins]") && line.includes("credentials"));
  checks.ok(
    lines.length === 1 && /AWS_PROFILE/u.test(lines[0] ?? "") && !/^\s+at /mu.test(converse.stderr),
    "no credentials: one line says what is missing and what to do",
    converse,
  );

  const mantle = await host.ask("Hello", "amazon-bedrock-mantle/openai.gpt-oss-120b");
  const message = String(at(mantle.json, "error", "message"));
  checks.ok(mantle.code !== 0 && !mantle.timedOut, "no credentials: a Mantle turn fails", mantle);
  checks.ok(
    /^No AWS credentials for Bedrock Mantle were found\. Set AWS_BEARER_TOKEN_BEDROCK/u.test(message),
    "no credentials: the message says what is missing and what to do",
    mantle,
  );

  const listed = await host.cli(["models", "list", "--refresh", "--json"]);
  checks.ok(
    listed.code === 0 && listAt(parseJson(listed.stdout), "models").length === 0,
    "no credentials: models list shows none and does not fail",
    listed,
  );
  checks.ok(bedrock.requests.length === 0, "no credentials: nothing was sent", bedrock.requests);
};
