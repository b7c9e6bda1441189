import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { at, parseJson } from "../lib/json.ts";
import { run } from "../lib/processes.ts";
import { startRegistry } from "../lib/registry.ts";
import { newUser, type Scenario, type User } from "../lib/scenario.ts";

const MODEL = "amazon-bedrock/us.amazon.nova-lite-v1:0";
const OURS = "@clawrock/openclaw-provider";
const THEIRS = "@openclaw/amazon-bedrock-provider";
const FLAGS = ["--force", "--accept-capabilities"];
const ENABLE = ["plugins", "enable", "amazon-bedrock", "--accept-capabilities"];

/** Ways to install the plugin, to take it away, and to change between it and another plugin of the same id. */
export const installs: Scenario = async (world) => {
  const { checks, tarball } = world;
  const folder = world.folder("installs");
  const official = await packStandIn(folder);
  await using registry = await startRegistry([tarball, official]);
  await using user = await newUser(world, "installs", { plugin: false });
  const { host } = user;
  host.variables["npm_config_registry"] = registry.url;

  const bySpec = await host.cli(["plugins", "install", OURS, ...FLAGS]);
  checks.ok(
    bySpec.code === 0 && registry.asked.some((path) => path.startsWith(`${OURS}/-/`)),
    "install: by its npm name, from a registry",
    { bySpec, asked: registry.asked },
  );
  checks.ok(await answers(user), "install: it answers then", await inspected(user));

  const gone = await host.cli(["plugins", "uninstall", "amazon-bedrock", "--force"]);
  checks.ok(gone.code === 0 && (await inspected(user)) === undefined, "uninstall: it is gone", gone);
  const valid = await host.cli(["config", "validate"]);
  checks.ok(valid.code === 0, "uninstall: what is left of the config is valid", valid);

  const unpacked = join(folder, "unpacked");
  await mkdir(unpacked, { recursive: true });
  await run("tar", ["xzf", tarball, "-C", unpacked], { env: { PATH: "/usr/bin:/bin" }, timeoutMs: 60_000 });
  const byFolder = await host.cli(["plugins", "install", join(unpacked, "package"), ...FLAGS]);
  // What was uninstalled stays switched off until it is switched on again.
  const enabled = await host.cli(ENABLE);
  checks.ok(
    byFolder.code === 0 && enabled.code === 0 && (await answers(user)),
    "install: from a folder, and again after an uninstall",
    { byFolder, enabled, plugin: await inspected(user) },
  );
  await host.cli(["plugins", "uninstall", "amazon-bedrock", "--force"]);

  const byTarball = await host.cli(["plugins", "install", tarball, ...FLAGS]);
  await host.cli(ENABLE);
  checks.ok(byTarball.code === 0 && (await packageOf(user)) === OURS, "install: from a tarball", byTarball);

  const second = await host.cli(["plugins", "install", THEIRS, ...FLAGS]);
  checks.ok(
    second.code === 0 &&
      /duplicate plugin id/u.test(second.stdout + second.stderr) &&
      (await packageOf(user)) === THEIRS,
    "same id: the one from npm wins over ours from a tarball, and the host says that there are two",
    { second, plugin: await inspected(user) },
  );
  const away = await host.cli(["plugins", "uninstall", "amazon-bedrock", "--force"]);
  const back = await host.cli(["plugins", "install", OURS, ...FLAGS]);
  await host.cli(ENABLE);
  checks.ok(
    back.code === 0 && (await packageOf(user)) === OURS && (await answers(user)),
    "same id: back to ours by uninstalling, installing and enabling",
    { away, back, plugin: await inspected(user) },
  );
};

async function answers({ host }: User): Promise<boolean> {
  const turn = await host.ask("Reply with exactly: lime-8", MODEL);
  return at(turn.json, "final") === "lime-8";
}

async function inspected({ host }: User): Promise<unknown> {
  const ran = await host.cli(["plugins", "inspect", "amazon-bedrock", "--runtime", "--json"]);
  return ran.code === 0 ? at(parseJson(ran.stdout), "plugin") : undefined;
}

/** The package whose plugin is loaded now, told by a name that only it gives. */
async function packageOf(user: User): Promise<string | undefined> {
  const plugin = await inspected(user);
  if (plugin === undefined || at(plugin, "status") !== "loaded") return undefined;
  return at(plugin, "name") === STAND_IN_NAME ? THEIRS : OURS;
}

const STAND_IN_NAME = "Another Amazon Bedrock";

/** OpenClaw's own plugin is not to be had from npm; this has its id, its package name and one provider. */
async function packStandIn(folder: string): Promise<string> {
  const path = join(folder, "official", "package");
  await mkdir(path, { recursive: true });
  const { version } = { version: "2026.9.6" };
  const manifest = {
    name: THEIRS,
    version,
    type: "module",
    openclaw: {
      extensions: ["./index.js"],
      compat: { pluginApi: ">=2026.8.1" },
      build: { openclawVersion: version, pluginSdkVersion: version },
    },
  };
  const plugin = {
    id: "amazon-bedrock",
    name: STAND_IN_NAME,
    providers: ["amazon-bedrock"],
    configSchema: { type: "object", additionalProperties: true, properties: {} },
  };
  const entry = `export default { id: "amazon-bedrock", name: ${JSON.stringify(STAND_IN_NAME)}, register(api) {
  api.registerProvider({ id: "amazon-bedrock", label: "Amazon Bedrock", auth: [] });
} };\n`;
  await writeFile(join(path, "package.json"), JSON.stringify(manifest));
  await writeFile(join(path, "openclaw.plugin.json"), JSON.stringify(plugin));
  await writeFile(join(path, "index.js"), entry);
  const tarball = join(folder, "official.tgz");
  const packed = await run("tar", ["czf", tarball, "-C", join(folder, "official"), "package"], {
    env: { PATH: "/usr/bin:/bin" },
    timeoutMs: 60_000,
  });
  if (packed.code !== 0) throw new Error(packed.stderr);
  return tarball;
}
