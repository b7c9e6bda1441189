import { at, listAt, parseJson } from "../lib/json.ts";
import { newUser, type Scenario } from "../lib/scenario.ts";

const HAIKU = "amazon-bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0";

/** `models list` and `models status` without a Gateway: from the cache, anew, by alias, with a probe. */
export const modelCommands: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "model commands", {
    settings: { agents: { defaults: { model: { primary: HAIKU } } } },
  });
  const { host, bedrock } = user;
  const keys = (stdout: string): readonly string[] =>
    listAt(parseJson(stdout), "models").map((row) => String(at(row, "key")));

  const fresh = await host.cli(["models", "list", "--refresh", "--json"]);
  checks.ok(keys(fresh.stdout).length > 20, "models list --refresh: both providers' models", fresh);
  const asked = bedrock.requests.length;
  const cached = await host.cli(["models", "list", "--json"]);
  checks.ok(
    cached.code === 0 &&
      bedrock.requests.length === asked &&
      (keys(cached.stdout).includes(HAIKU) || /--refresh/u.test(cached.stderr)),
    "models list: nothing is sent, and where the host has stored nothing it says how to ask",
    { cached, sent: bedrock.requests.slice(asked) },
  );
  for (const provider of ["amazon-bedrock", "bedrock", "amazon-bedrock-mantle"]) {
    const mantle = provider.endsWith("mantle");
    const listed = await host.cli(["models", "list", "--refresh", "--provider", provider, "--json"]);
    const ids = keys(listed.stdout);
    checks.ok(
      listed.code === 0 &&
        ids.length > 5 &&
        ids.every((key) => key.startsWith(mantle ? "amazon-bedrock-mantle/" : "amazon-bedrock/")),
      `models list --refresh --provider ${provider}: its models and no others`,
      { listed: listed.stdout.slice(0, 500), stderr: listed.stderr },
    );
  }

  const set = await host.cli([
    "config",
    "set",
    "agents.defaults.model.primary",
    "amazon-bedrock/us.anthropic.claude-sonnet-4-6",
  ]);
  checks.ok(set.code === 0, "config set: a model of Bedrock becomes the default", set);
  await host.configure({ agents: { defaults: { model: { primary: HAIKU } } } });
  const status = await host.cli(["models", "status"]);
  checks.ok(
    status.code === 0 && /amazon-bedrock effective=env.*AWS_ACCESS_KEY_ID/u.test(status.stdout),
    "models status: where the credentials come from",
    status,
  );
  checks.ok(
    !status.stdout.includes(bedrock.now.credentials.secretAccessKey),
    "models status: the secret key is not shown",
    status,
  );
  for (const model of [HAIKU, "amazon-bedrock-mantle/openai.gpt-oss-120b"]) {
    const [provider = ""] = model.split("/");
    await host.configure({ agents: { defaults: { model: { primary: model } } } });
    const before = bedrock.requests.length;
    const probed = await host.cli(["models", "status", "--probe", "--probe-provider", provider]);
    const sent = bedrock.requests.slice(before).map(({ operation, status: code }) => `${operation} ${code}`);
    checks.ok(
      probed.code === 0 &&
        /\bok\b|couldn't generate a response/u.test(probed.stdout) &&
        sent.some((request) => /^(ConverseStream|ChatCompletions) 200/u.test(request)),
      `models status --probe --probe-provider ${provider}: ok, by a real turn`,
      { probed, sent },
    );
  }
  const alias = await host.cli(["models", "status", "--probe", "--probe-provider", "bedrock"]);
  checks.ok(
    alias.code === 0 && /No model available for probe|\bok\b/u.test(alias.stdout),
    "models status --probe --probe-provider bedrock: the host probes no alias, and says so",
    alias,
  );
};
