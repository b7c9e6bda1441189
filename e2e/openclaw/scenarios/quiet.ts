import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { listAt, parseJson } from "../lib/json.ts";
import { newUser, type Scenario } from "../lib/scenario.ts";

const MODEL = "amazon-bedrock/us.amazon.nova-lite-v1:0";
/** Part of every client of the AWS SDK that is in the package. */
const SDK = /@smithy\/|@aws-sdk\//u;

/** What the plugin must not do: ask AWS without being told to, or load the AWS SDK for a command that needs none of it. */
export const quiet: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "quiet", {
    credentials: "none",
    settings: { agents: { defaults: { model: { primary: MODEL } } } },
  });
  const { host, bedrock } = user;
  const seen = join(world.folder("quiet"), "loaded.txt");
  const hook = join(world.folder("quiet"), "hook.mjs");
  await writeFile(hook, HOOK);
  host.variables["NODE_OPTIONS"] = `--import ${pathToFileURL(hook).href}`;
  host.variables["LOADED_FILES"] = seen;
  /** Files of the plugin that were loaded since the last call of this, and those of them that hold parts of the AWS SDK. */
  const loaded = async (): Promise<{ readonly all: readonly string[]; readonly sdk: readonly string[] }> => {
    const all = (await readFile(seen, "utf8").catch(() => "")).split("\n").filter(Boolean);
    await writeFile(seen, "");
    const sdk: string[] = [];
    for (const file of new Set(all)) {
      if (SDK.test(await readFile(join(host.workspace, "../state/extensions/amazon-bedrock/dist", file), "utf8")))
        sdk.push(file);
    }
    return { all: [...new Set(all)], sdk };
  };

  for (const args of [
    ["plugins", "inspect", "amazon-bedrock", "--runtime", "--json"],
    ["models", "list", "--refresh", "--json"],
    ["models", "status"],
  ]) {
    const ran = await host.cli(args);
    const { all, sdk } = await loaded();
    const what = args.filter((word) => !word.startsWith("--j")).join(" ");
    checks.ok(ran.code === 0, `quiet: ${what} works without credentials`, ran);
    const rule = args[0] === "plugins" ? "registration loads no AWS SDK: " : "";
    checks.ok(sdk.length === 0, `quiet: ${rule}${what} loads nothing of the AWS SDK`, { all, sdk });
    if (args[0] === "plugins") checks.ok(all.length > 0, "quiet: the entry of the plugin was loaded", all);
  }
  checks.ok(bedrock.requests.length === 0, "quiet: no markers: zero HTTP", bedrock.requests);

  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = bedrock.now.env;
  Object.assign(host.variables, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY });
  const listed = await host.cli(["models", "list", "--refresh", "--json"]);
  const { sdk } = await loaded();
  checks.ok(
    listAt(parseJson(listed.stdout), "models").length > 1 && sdk.length > 0,
    "quiet: with keys it lists, and then the AWS SDK is loaded",
    { listed, sdk },
  );
  const before = bedrock.requests.length;
  await host.configure({ plugins: { entries: { "amazon-bedrock": { config: { discovery: { enabled: false } } } } } });
  await host.configure({
    plugins: { entries: { "amazon-bedrock": { config: { mantle: { discovery: { enabled: false } } } } } },
  });
  const off = await host.cli(["models", "list", "--refresh", "--json"]);
  checks.ok(
    off.code === 0 && bedrock.requests.length === before,
    "quiet: discovery.enabled false sends nothing, keys or not",
    bedrock.requests.slice(before),
  );
};

/** Writes down each file of the plugin that a process of the host loads, from wherever the host has copied it to. */
const HOOK = `
import { appendFileSync } from "node:fs";
import { registerHooks } from "node:module";
registerHooks({
  load(url, context, next) {
    const file = /\\/amazon-bedrock\\/dist\\/([^/?]+)/.exec(url)?.[1];
    if (file) appendFileSync(process.env.LOADED_FILES, file + "\\n");
    return next(url, context);
  },
});
`;
