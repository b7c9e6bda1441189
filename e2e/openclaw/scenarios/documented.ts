import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { defaultGuardrail, type FoundationModel } from "../../../packages/bedrock-emulator/src/index.ts";
import { documentedEntries } from "../documented/all.ts";
import type { Trial } from "../documented/entry.ts";
import { pageOf, type Tried } from "../documented/page.ts";
import { at, parseJson } from "../lib/json.ts";
import { actionsAllowed, actionsNeeded } from "../lib/permissions.ts";
import { ROOT } from "../lib/prepare.ts";
import { newUser, type Scenario, type User } from "../lib/scenario.ts";

const PAGE = join(ROOT, "docs/guides/openclaw-documented.md");

/** Without one the host takes OpenAI's, and wants its plugins. */
const DEFAULT_MODEL = "amazon-bedrock/us.amazon.nova-lite-v1:0";

/** Models of the pages that the emulator's own table lacks, as AWS lists them. */
const MODELS: readonly FoundationModel[] = [
  {
    modelId: "anthropic.claude-opus-4-6-v1",
    modelName: "Claude Opus 4.6",
    providerName: "Anthropic",
    inputModalities: ["TEXT", "IMAGE"],
    outputModalities: ["TEXT"],
    responseStreamingSupported: true,
    inferenceTypesSupported: ["INFERENCE_PROFILE"],
    behaviour: "claude46",
    profiles: ["us", "global"],
  },
  {
    modelId: "mistral.mistral-large-2407-v1:0",
    modelName: "Mistral Large (24.07)",
    providerName: "Mistral AI",
    inputModalities: ["TEXT"],
    outputModalities: ["TEXT"],
    responseStreamingSupported: true,
    inferenceTypesSupported: ["ON_DEMAND"],
    behaviour: "mistralLarge",
  },
];

/** Tries every command and setting of OpenClaw's pages on Bedrock, and compares the guide with what came of it. */
export const documented: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "documented", {
    emulator: { regions: ["us-west-2"], guardrails: [{ ...defaultGuardrail, id: "abc123" }], models: MODELS },
  });
  const { host, bedrock } = user;
  await writeProfiles(user);
  await host.configure({ agents: { defaults: { workspace: host.workspace, model: { primary: DEFAULT_MODEL } } } });
  const [installed, variables] = [await readFile(host.configPath, "utf8"), { ...host.variables }];

  const tried: Tried[] = [];
  const entries = documentedEntries.filter(({ title }) => title.includes(world.entry ?? ""));
  for (const entry of entries) {
    await writeFile(host.configPath, installed);
    for (const name of Object.keys(host.variables)) delete host.variables[name];
    Object.assign(host.variables, variables);
    try {
      const outcome = await entry.attempt(trialOf(user));
      tried.push({ entry, outcome });
      if (outcome.verdict === "skipped") console.log(`     documented: ${entry.title}: ${outcome.seen.join(" ")}`);
      else checks.ok(true, `documented: ${entry.title}: ${outcome.verdict}`, outcome.seen);
    } catch (error) {
      checks.ok(false, `documented: ${entry.title}`, error);
    }
  }
  if (world.entry !== undefined) return;

  // What the pages tell of application inference profiles has no command of its own: one turn by the ARN.
  const application = await host.ask("Reply with exactly: mulberry-6", `amazon-bedrock/${applicationProfile(user)}`);
  checks.ok(
    at(application.json, "final") === "mulberry-6",
    "documented: an application inference profile by its ARN",
    application,
  );

  const needed = actionsNeeded(bedrock.requests.filter(({ path }) => !path.startsWith("/latest/")));
  checks.ok(
    needed.join() === actionsAllowed().join(),
    "permissions: the README's policies allow what was needed here, and nothing else",
    { needed, allowed: actionsAllowed() },
  );

  const page = pageOf(tried, world.release.version);
  if (world.update) await writeFile(PAGE, page);
  const known = await readFile(PAGE, "utf8").catch(() => "");
  const skipped = tried.flatMap(({ entry, outcome }) => (outcome.verdict === "skipped" ? [entry.title] : []));
  checks.ok(
    plain(without(skipped, page)) === plain(without(skipped, known)),
    "documented: docs/guides/openclaw-documented.md says what was seen (--update writes it)",
    page,
  );

  function trialOf({ host: { configPath } }: User): Trial {
    const since = bedrock.requests.length;
    return {
      host,
      bedrock,
      requests: () =>
        bedrock.requests
          .slice(since)
          .map(({ operation, modelId, status }) => [operation, modelId, status].filter(Boolean).join(" ")),
      write: async (block) => host.configure(runInNewContext(`(${block})`)),
      written: async (...path) => at(parseJson(await readFile(configPath, "utf8")), ...path),
      plain: (text) =>
        text
          .replaceAll(host.workspace.replace(/\/workspace$/u, ""), "~")
          .replaceAll(/openclaw\.json:\d+/gu, "openclaw.json")
          .trim(),
    };
  }
};

/** The page without what could not be tried on this machine. */
function without(titles: readonly string[], page: string): string {
  const sections = page
    .split(/^(?=## )/mu)
    .filter((section) => !titles.some((title) => section.startsWith("## ") && section.split("\n")[0]?.endsWith(title)));
  return sections
    .join("")
    .split("\n")
    .filter((line) => !titles.some((title) => line.startsWith("| ") && line.includes(` ${title} `)))
    .join("\n");
}

/** The words alone: the formatter aligns tables and wraps as it likes. */
function plain(page: string): string {
  return page.replaceAll(/[\s-]+/gu, "");
}

function applicationProfile({ bedrock: { now } }: User): string {
  return `arn:aws:bedrock:${now.region}:${now.accountId}:application-inference-profile/x7k2m9q4w1zt`;
}

/** The profiles the pages name, with this user's keys. */
async function writeProfiles({ host, bedrock }: User): Promise<void> {
  const { accessKeyId, secretAccessKey } = bedrock.now.credentials;
  const folder = join(host.workspace, "../home/.aws");
  await mkdir(folder, { recursive: true });
  const profile = (name: string): string =>
    `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  await writeFile(join(folder, "credentials"), ["default", "your-profile"].map(profile).join("\n"), { mode: 0o600 });
}
