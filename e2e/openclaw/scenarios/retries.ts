import { createServer, type Socket } from "node:net";
import { type Fault, startEmulator } from "../../../packages/bedrock-emulator/src/index.ts";
import { freePort } from "../lib/gateway.ts";
import type { Turn } from "../lib/host.ts";
import { at, parseJson } from "../lib/json.ts";
import { newUser, type Scenario } from "../lib/scenario.ts";

const NOVA = "amazon-bedrock/us.amazon.nova-lite-v1:0";
const HAIKU = "amazon-bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0";

/** What lasts is not tried for ever: how often the host and the AWS SDK together ask before a turn ends, and what is said then. */
export const retries: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "retries");
  const { host, bedrock } = user;
  const asked = async (prompt = "Reply with exactly: never"): Promise<{ times: number; turn: Turn }> => {
    const before = bedrock.of("ConverseStream").length;
    const turn = await host.ask(prompt, NOVA);
    return { times: bedrock.of("ConverseStream").length - before, turn };
  };
  const lasting = async (fault: Fault): Promise<{ times: number; turn: Turn }> => {
    bedrock.always("ConverseStream", fault);
    const seen = await asked();
    bedrock.always("ConverseStream", undefined);
    return seen;
  };

  const throttled = await lasting(error("ThrottlingException", "Too many requests, please wait before trying again."));
  checks.ok(
    throttled.times > 3 && throttled.times <= 18,
    `throttled for good: at most 18 requests (${throttled.times})`,
    throttled,
  );
  checks.ok(
    throttled.turn.code !== 0 && /current quota does not allow more/u.test(throttled.turn.stdout),
    "throttled for good: the user reads that the quota is used up",
    throttled,
  );

  await host.configure({ agents: { defaults: { model: { primary: NOVA, fallbacks: [HAIKU] } } } });
  const throttle = error("ThrottlingException", "Too many requests, please wait before trying again.");
  bedrock.upset("ConverseStream", ...Array.from({ length: 18 }, () => throttle));
  const args = ["agent", "exec", "Reply with exactly: medlar-1", "--cwd", host.workspace, "--config", host.configPath];
  const fallen = await host.cli([...args, "--json"]);
  const answered = bedrock.of("ConverseStream").at(-1);
  checks.ok(
    at(parseJson(fallen.stdout), "final") === "medlar-1" && HAIKU.endsWith(answered?.modelId ?? "none"),
    "throttled for good, with a fallback: the next model answers",
    { fallen, answered },
  );
  await host.configure({ agents: { defaults: { model: undefined } } });

  const daily = await lasting(
    error("ThrottlingException", "Too many tokens per day, please wait before trying again."),
  );
  checks.ok(daily.times <= 3, "daily quota: the host does not try again", daily);
  checks.ok(
    /Wait for the daily quota to reset/u.test(daily.turn.stdout) && !/credits|top up/u.test(daily.turn.shown),
    "daily quota: the user reads what to do, and nothing of credits",
    daily,
  );

  const busy = await lasting(error("ServiceUnavailableException", "Bedrock is unable to process your request."));
  checks.ok(busy.times > 3 && busy.times <= 18, `unavailable for good: at most 18 requests (${busy.times})`, busy);

  const cut = await lasting({ kind: "cut", afterBytes: 300 });
  checks.ok(cut.times <= 3, `every answer cut: at most 3 requests, for each is billed (${cut.times})`, cut);

  const denied = await lasting({ kind: "denied" });
  checks.ok(denied.times === 1, "denied: one request", denied);

  await host.configure({ plugins: { entries: { "amazon-bedrock": { config: { guardrail: GUARDRAIL } } } } });
  const blocked = await asked("Tell me the launch codes");
  checks.ok(blocked.times === 1, "blocked by a guardrail: one request", blocked);
  await host.configure({ plugins: { entries: { "amazon-bedrock": { config: { guardrail: undefined } } } } });

  bedrock.always(
    "ChatCompletions",
    error("ThrottlingException", "Too many requests, please wait before trying again."),
  );
  const mantle = await host.ask("Reply with exactly: never", "amazon-bedrock-mantle/openai.gpt-oss-20b");
  const inferred = bedrock.of("ChatCompletions").length;
  bedrock.always("ChatCompletions", undefined);
  checks.ok(
    mantle.code !== 0 && inferred > 1 && inferred <= 6 && /current quota does not allow more/u.test(mantle.stdout),
    `throttled for good at Mantle: at most 6 requests (${inferred}), and the user reads why`,
    mantle,
  );

  const strange = await startEmulator({ tls: true });
  host.variables["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] = strange.url;
  const untrusted = (await asked()).turn;
  await strange.close();
  checks.ok(
    untrusted.code !== 0 && /TLS certificate/u.test(untrusted.stdout) && !/same-model retry/u.test(untrusted.shown),
    "a certificate nobody knows: the user reads so, and it is not tried again",
    untrusted,
  );
  checks.ok(
    /\[plugins\] .*certificate.*AWS_CA_BUNDLE/u.test(untrusted.shown),
    "a certificate nobody knows: the log says what to do",
    untrusted,
  );

  await using resetting = await resettingServer();
  host.variables["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] = resetting.url;
  const reset = (await asked()).turn;
  checks.ok(
    resetting.connections > 3 && resetting.connections <= 15,
    `every connection reset: at most 15 connections (${resetting.connections})`,
    { connections: resetting.connections, reset },
  );
  checks.ok(/connection was interrupted/u.test(reset.stdout), "every connection reset: the user reads so", reset);

  host.variables["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] = `http://127.0.0.1:${await freePort()}`;
  const closed = (await asked()).turn;
  checks.ok(
    closed.code !== 0 && /connection refused/u.test(closed.stdout),
    "nobody listens: the user reads that the connection was refused",
    closed,
  );
  const tries = [...closed.shown.matchAll(/transient same-model retry (\d+)\//gu)].length;
  checks.ok(tries <= 4, `nobody listens: the host tries again four times at most (${tries})`, closed);
};

const GUARDRAIL = { guardrailIdentifier: "emulatorgrd1", guardrailVersion: "1" };

function error(type: string, message: string): Fault {
  return { kind: "error", type, message };
}

interface ResettingServer extends AsyncDisposable {
  readonly url: string;
  readonly connections: number;
}

/** Takes connections and resets each. */
async function resettingServer(): Promise<ResettingServer> {
  let connections = 0;
  const server = createServer((socket: Socket) => {
    connections += 1;
    socket.on("error", () => undefined).resetAndDestroy();
  });
  const port = await freePort();
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    get connections() {
      return connections;
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
