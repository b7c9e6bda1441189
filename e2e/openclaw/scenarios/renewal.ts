import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Gateway, startGateway } from "../lib/gateway.ts";
import { at } from "../lib/json.ts";
import { newUser, type Scenario, type User } from "../lib/scenario.ts";

/** Long enough for a few turns on a busy machine. */
const SESSION_SECONDS = 60;
const MANTLE = "amazon-bedrock-mantle/openai.gpt-oss-120b";
const NOVA = "us.amazon.nova-lite-v1:0";
/**
 * Where the keys are, by the provider entry that names the profile. The host tells the model these names, and the emulator
 * would take "file" for a word about its tools.
 */
const ENTRIES = { file: "bedrock-one", process: "bedrock-two" } as const;

/** Credentials that end in the middle of a conversation and are renewed behind it, in a Gateway that runs on. */
export const renewal: Scenario = async (world) => {
  const { checks } = world;
  const entry = (profile: string): object => ({
    baseUrl: "https://bedrock-runtime.us-east-1.amazonaws.com",
    api: "bedrock-converse-stream",
    auth: "aws-sdk",
    params: { profile },
    models: [{ id: NOVA, name: "Nova Lite" }],
  });
  await using user = await newUser(world, "renewal", {
    credentials: "none",
    emulator: { sessionSeconds: SESSION_SECONDS },
    settings: {
      models: { providers: { [ENTRIES.file]: entry("file"), [ENTRIES.process]: entry("process") } },
      // A name of the user's own: nothing else in this config tells the Gateway that it needs the plugin.
      agents: { defaults: { model: { primary: `${ENTRIES.file}/${NOVA}` } } },
    },
  });
  const { host, bedrock } = user;
  host.variables["AWS_PROFILE"] = "file";
  await writeConfig(user);
  await using running = await startGateway(host);
  await renewKeys(user);

  const first = new Map<string, string | undefined>();
  const kinds = [
    ["file", `${ENTRIES.file}/${NOVA}`],
    ["process", `${ENTRIES.process}/${NOVA}`],
    ["mantle", MANTLE],
  ] as const;
  for (const [kind, model] of kinds) {
    const before = await converse(running, user, kind, model, "fig-1");
    checks.ok(before.answered && before.statuses === "200", `renewal (${kind}): a turn with the first keys`, before);
    first.set(kind, before.key);
  }
  await wait((SESSION_SECONDS + 1) * 1000);
  await renewKeys(user);
  for (const [kind, model] of kinds) {
    const after = await converse(running, user, kind, model, "fig-2");
    checks.ok(
      after.answered && after.statuses.endsWith("200") && after.key !== first.get(kind),
      `renewal (${kind}): keys that ended in mid-session are read anew, and the turn is answered with the new ones`,
      after,
    );
  }

  // The keys are good, and Mantle says all the same that the token has expired.
  await renewKeys(user);
  await converse(running, user, "mantle", MANTLE, "fig-3");
  bedrock.upset("ChatCompletions", { kind: "expired" });
  const refused = await converse(running, user, "mantle", MANTLE, "fig-4");
  checks.ok(
    refused.answered && refused.statuses === "401,200",
    "renewal (mantle): a token refused as expired is minted anew, and the same turn is answered",
    refused,
  );
  const next = await converse(running, user, "mantle", MANTLE, "fig-5");
  checks.ok(next.answered && next.statuses === "200", "renewal (mantle): the next turn is not held back", next);
};

interface Turned {
  readonly answered: boolean;
  /** Of the requests this turn made. */
  readonly statuses: string;
  readonly key: string | undefined;
  readonly shown: string;
}

async function converse(
  gateway: Gateway,
  { bedrock }: User,
  session: string,
  model: string,
  word: string,
): Promise<Turned> {
  const operation = model === MANTLE ? "ChatCompletions" : "ConverseStream";
  const seen = bedrock.of(operation).length;
  const turn = await gateway.ask(`Reply with exactly: ${word}`, { session, model });
  const requests = bedrock.of(operation).slice(seen);
  return {
    answered: turn.text === word,
    statuses: requests.map(({ status }) => status).join(),
    key: requests.at(-1)?.auth.accessKeyId,
    shown: turn.text || turn.shown.slice(0, 1000),
  };
}

/** Temporary keys, written into the shared file as a tool of a company's does it: without their end. */
async function renewKeys({ host, bedrock }: User): Promise<void> {
  const { AWS_CONTAINER_CREDENTIALS_FULL_URI: url = "", AWS_CONTAINER_AUTHORIZATION_TOKEN: authorization = "" } =
    bedrock.now.sources.container;
  const keys: unknown = await (await fetch(url, { headers: { authorization } })).json();
  const lines = [
    "[file]",
    `aws_access_key_id = ${at(keys, "AccessKeyId")}`,
    `aws_secret_access_key = ${at(keys, "SecretAccessKey")}`,
    `aws_session_token = ${at(keys, "Token")}`,
  ];
  await writeFile(join(host.workspace, "../home/.aws/credentials"), `${lines.join("\n")}\n`, { mode: 0o600 });
}

/** A profile whose keys a program gives, which says nothing of their end. */
async function writeConfig({ host, bedrock }: User): Promise<void> {
  const folder = join(host.workspace, "../home/.aws");
  await mkdir(folder, { recursive: true });
  const { AWS_CONTAINER_CREDENTIALS_FULL_URI: url = "", AWS_CONTAINER_AUTHORIZATION_TOKEN: authorization = "" } =
    bedrock.now.sources.container;
  const program = join(folder, "keys.mjs");
  await writeFile(
    program,
    `const keys = await (await fetch(${JSON.stringify(url)}, { headers: ${JSON.stringify({ authorization })} })).json();
console.log(JSON.stringify({ Version: 1, AccessKeyId: keys.AccessKeyId, SecretAccessKey: keys.SecretAccessKey, SessionToken: keys.Token }));
`,
  );
  const profile = `[profile process]\ncredential_process = "${process.execPath}" "${program}"\n\n[profile file]\nregion = us-east-1\n`;
  await writeFile(join(folder, "config"), profile);
}
