import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { at, listAt, parseJson } from "../lib/json.ts";
import { newUser, type Scenario } from "../lib/scenario.ts";

const WORK = { accessKeyId: "AKIAWORKWORKWORKWORK", secretAccessKey: "w".repeat(40) };
const HOME = { accessKeyId: "AKIAHOMEHOMEHOMEHOME", secretAccessKey: "h".repeat(40) };
const CONVERSE = "amazon-bedrock/us.amazon.nova-lite-v1:0";
const MANTLE = "amazon-bedrock-mantle/openai.gpt-oss-120b";

const GUARDRAIL = { guardrailIdentifier: "emulatorgrd1", guardrailVersion: "1" };

/** Two accounts on one machine: each provider entry names its profile; and the doctor tells which. */
export const profiles: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "profiles", { credentials: "none", emulator: { credentials: [WORK, HOME] } });
  const { host, bedrock } = user;
  const folder = join(host.workspace, "../home/.aws");
  await mkdir(folder, { recursive: true });
  const section = (name: string, keys: typeof WORK): string =>
    `[${name}]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\n`;
  await writeFile(join(folder, "credentials"), `${section("work", WORK)}\n${section("home", HOME)}`, { mode: 0o600 });
  await host.configure({
    models: {
      providers: {
        "amazon-bedrock": {
          baseUrl: "https://bedrock-runtime.us-east-1.amazonaws.com",
          api: "bedrock-converse-stream",
          auth: "aws-sdk",
          params: { profile: "work" },
          models: [],
        },
        "amazon-bedrock-mantle": {
          baseUrl: "https://bedrock-mantle.us-east-1.api.aws/v1",
          api: "openai-completions",
          params: { profile: "home" },
          models: [],
        },
      },
    },
  });
  const work = await host.ask("Reply with exactly: quince-1", CONVERSE);
  checks.ok(
    at(work.json, "final") === "quince-1" && bedrock.of("ConverseStream").at(-1)?.auth.accessKeyId === WORK.accessKeyId,
    "profiles: Converse signs with the profile of its entry",
    { work, auth: bedrock.requests.map(({ operation, auth }) => ({ operation, auth })) },
  );
  const home = await host.ask("Reply with exactly: quince-2", MANTLE);
  checks.ok(
    at(home.json, "final") === "quince-2" &&
      bedrock.of("ChatCompletions").at(-1)?.auth.accessKeyId === HOME.accessKeyId,
    "profiles: Mantle's token is minted from the profile of its entry",
    { home, auth: bedrock.requests.map(({ operation, auth }) => ({ operation, auth })) },
  );

  const turns = bedrock.of("ConverseStream").length;
  const doctor = await host.cli(["bedrock", "doctor"]);
  checks.ok(
    /work/u.test(doctor.stdout) && /us-east-1/u.test(doctor.stdout),
    "bedrock doctor: names the profile and the region",
    doctor,
  );
  checks.ok(
    ![WORK, HOME].some(({ secretAccessKey }) => (doctor.stdout + doctor.stderr).includes(secretAccessKey)),
    "bedrock doctor: shows no secret",
    doctor,
  );
  checks.ok(bedrock.of("ConverseStream").length === turns, "bedrock doctor: sends nothing that is billed", doctor);
  const probe = await host.cli(["bedrock", "doctor", "--probe", "us.amazon.nova-lite-v1:0"]);
  checks.ok(
    /InvokeModelWithResponseStream.*allowed|allowed.*InvokeModelWithResponseStream/u.test(probe.stdout),
    "bedrock doctor --probe: a short turn shows that models may be invoked",
    probe,
  );
  checks.ok(
    bedrock.of("ConverseStream").at(-1)?.auth.accessKeyId === WORK.accessKeyId,
    "bedrock doctor --probe: it goes with the profile of the provider",
    bedrock.of("ConverseStream").at(-1)?.auth,
  );
  const mantle = await host.cli(["bedrock", "doctor", "--probe", MANTLE]);
  const inferred = bedrock.of("ChatCompletions").at(-1);
  checks.ok(
    mantle.code === 0 &&
      mantle.stdout.indexOf("is sent and billed") < mantle.stdout.indexOf("Permissions") &&
      /✓ allowed +bedrock-mantle:CreateInference/u.test(mantle.stdout) &&
      inferred?.auth.accessKeyId === HOME.accessKeyId,
    "bedrock doctor --probe: a model of Mantle is tried through Mantle, with its profile, its cost said first",
    { mantle, inferred },
  );

  await host.configure({ plugins: { entries: { "amazon-bedrock": { config: { guardrail: GUARDRAIL } } } } });
  const there = await host.cli(["bedrock", "doctor", "--json"]);
  const [report, problems] = [parseJson(there.stdout), listAt(parseJson(there.stdout), "problems")];
  checks.ok(
    there.code === 0 && at(report, "guardrail", "state") === "ready" && problems.length === 0,
    "bedrock doctor --json: one document; the guardrail is there",
    there,
  );
  const absent = { ...GUARDRAIL, guardrailIdentifier: "nosuchrules1" };
  await host.configure({ plugins: { entries: { "amazon-bedrock": { config: { guardrail: absent } } } } });
  const missing = await host.cli(["bedrock", "doctor"]);
  checks.ok(
    missing.code === 1 && /no guardrail nosuchrules1 in us-east-1.*aws bedrock list-guardrails/u.test(missing.stdout),
    "bedrock doctor: a guardrail that is not there is a problem with its fix",
    missing,
  );
  await host.configure({ plugins: { entries: { "amazon-bedrock": { config: { guardrail: undefined } } } } });

  await writeFile(
    join(folder, "config"),
    `[profile stuck]\ncredential_process = "${process.execPath}" -e "setTimeout(()=>{},60000)"\n`,
  );
  const stuck = (profile: string): object => ({ models: { providers: { "amazon-bedrock": { params: { profile } } } } });
  await host.configure(stuck("stuck"));
  const waited = await host.cli(["bedrock", "doctor", "--probe", CONVERSE], { timeoutMs: 120_000 });
  checks.ok(
    waited.code === 1 && /credentials of profile "stuck".* did not come within 20 s/u.test(waited.stdout),
    "bedrock doctor: ends where credentials never come, and says whose",
    waited,
  );
  const interrupted = host.start(["bedrock", "doctor"]);
  await pause(10_000);
  const began = performance.now();
  await interrupted.stop("SIGINT", 30_000);
  checks.ok(performance.now() - began < 10_000, "bedrock doctor: Ctrl-C ends it", interrupted.output());
  await host.configure(stuck("work"));

  await host.configure({
    plugins: { entries: { "amazon-bedrock-mantle": { config: { discovery: { enabled: "yes" } } } } },
  });
  const mistaken = await host.cli(["bedrock", "doctor"]);
  checks.ok(
    mistaken.code === 1 &&
      /^.*plugins\.entries\.amazon-bedrock-mantle\.config\.discovery\.enabled: .*$/mu.test(mistaken.stdout),
    "bedrock doctor: what is wrong at the older place of Mantle's settings is one line with its path",
    mistaken,
  );
};
