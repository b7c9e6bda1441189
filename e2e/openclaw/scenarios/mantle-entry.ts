import { startGateway } from "../lib/gateway.ts";
import { startRegistry } from "../lib/registry.ts";
import { newUser, type Scenario } from "../lib/scenario.ts";

const MODEL = "amazon-bedrock-mantle/openai.gpt-oss-120b";
const THEIRS = "@openclaw/amazon-bedrock-mantle-provider";

/** A provider entry for Mantle, which OpenClaw takes for a wish to have its own Mantle plugin, and how to say no. */
export const mantleEntry: Scenario = async (world) => {
  const { checks } = world;
  const entry = {
    baseUrl: "https://bedrock-mantle.us-east-1.api.aws/v1",
    api: "openai-completions",
    models: [],
  };
  await using registry = await startRegistry([]);
  await using user = await newUser(world, "mantle entry", {
    settings: {
      models: { providers: { "amazon-bedrock-mantle": entry } },
      agents: { defaults: { model: { primary: MODEL } } },
      plugins: { entries: { "amazon-bedrock-mantle": { enabled: false } } },
    },
  });
  const { host } = user;
  host.variables["npm_config_registry"] = registry.url;
  {
    await using running = await startGateway(host);
    const turn = await running.ask("Reply with exactly: quince-3", { session: "entry" });
    checks.ok(turn.text === "quince-3", "mantle entry: with OpenClaw's own plugin switched off, Mantle answers", turn);
    checks.ok(
      registry.asked.length === 0 && !/Failed to install/u.test(running.log()),
      "mantle entry: and the Gateway asks no registry for that plugin",
      { asked: registry.asked, log: running.log().slice(-2000) },
    );
    await running.stop();
  }
  const valid = await host.cli(["config", "validate"]);
  checks.ok(valid.code === 0, "mantle entry: the config is valid", valid);

  await host.configure({ plugins: { entries: { "amazon-bedrock-mantle": undefined } } });
  await using again = await startGateway(host);
  checks.ok(
    registry.asked.some((path) => path.startsWith(THEIRS)),
    "mantle entry: without that, the Gateway asks for it, as the README says",
    { asked: registry.asked, log: again.log().slice(-2000) },
  );
};
