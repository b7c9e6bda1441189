import { listAt, parseJson } from "../lib/json.ts";
import { newUser, type Scenario } from "../lib/scenario.ts";

const DOWN = {
  kind: "error",
  type: "ServiceUnavailableException",
  message: "Bedrock is unable to process your request.",
} as const;

/** Mantle does not answer: everything else goes on, and the log says what is the matter. */
export const mantleOutage: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "mantle outage");
  const { host, bedrock } = user;
  bedrock.always("ListModels", DOWN);
  const listed = await host.cli(["models", "list", "--refresh", "--json"]);
  const keys = JSON.stringify(listAt(parseJson(listed.stdout), "models"));
  checks.ok(
    listed.code === 0 && keys.includes("amazon-bedrock/") && !keys.includes("amazon-bedrock-mantle/"),
    "mantle outage: the other models are listed, the command succeeds",
    listed,
  );
  const said = listed.stderr.split("\n").filter((line) => /\[plugins\].*Mantle/u.test(line));
  checks.ok(said.length === 1, "mantle outage: one line says why Mantle's are not", listed);
  const turn = await host.ask("Reply with exactly: date-1", "amazon-bedrock/us.amazon.nova-lite-v1:0");
  checks.ok(turn.code === 0 && turn.stdout.includes("date-1"), "mantle outage: Converse answers", turn);

  bedrock.always("ListModels", undefined);
  bedrock.always("ListFoundationModels", DOWN);
  const other = await host.cli(["models", "list", "--refresh", "--json"]);
  checks.ok(
    other.code === 0 && other.stdout.includes("amazon-bedrock-mantle/"),
    "bedrock outage: Mantle's models are listed, the command succeeds",
    other,
  );
};
