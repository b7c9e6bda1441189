import { setTimeout as pause } from "node:timers/promises";
import type { Fault } from "../../../packages/bedrock-emulator/src/index.ts";
import { startGateway } from "../lib/gateway.ts";
import { at, numberAt } from "../lib/json.ts";
import { newUser, type Scenario } from "../lib/scenario.ts";

const HAIKU = "amazon-bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0";
/** Of a vendor that came after this plugin was made. */
const UNPRICED = "amazon-bedrock/newvendor.some-model-v1:0";

/** What goes wrong between a running Gateway and Bedrock, and what the user then sees. */
export const troubles: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "troubles", {
    settings: { agents: { defaults: { model: { primary: HAIKU } } } },
    emulator: { admitAnyModel: true },
  });
  const { host, bedrock } = user;
  await using running = await startGateway(host);
  let seen = 0;
  /** Statuses of the turns since the last call of this. */
  const statuses = (): readonly number[] => {
    const all = bedrock.of("ConverseStream").map(({ status }) => status);
    const since = all.slice(seen);
    seen = all.length;
    return since;
  };
  const logged = (words: RegExp): boolean =>
    running
      .log()
      .split("\n")
      .some((line) => line.includes("[plugins]") && words.test(line));

  bedrock.upset("ConverseStream", error("ThrottlingException", "Too many requests, please wait before trying again."));
  const throttled = await running.ask("Reply with exactly: plum-1", { session: "throttled" });
  checks.ok(throttled.text === "plum-1", "throttled once: the answer arrives all the same", throttled);
  checks.ok(statuses().join() === "429,200", "throttled once: one more request", bedrock.of("ConverseStream"));

  bedrock.upset("ConverseStream", { kind: "cut", afterBytes: 700 });
  const cut = await running.ask("Count to 50", { session: "cut" });
  checks.ok(cut.text.endsWith("49, 50"), "cut in mid-answer: the answer arrives whole at the second attempt", cut);
  checks.ok(statuses().join() === "200,200", "cut in mid-answer: asked twice", bedrock.of("ConverseStream"));
  checks.ok(
    logged(/cut in the middle of the answer/u),
    "cut in mid-answer: the log says so",
    running.log().slice(-3000),
  );

  bedrock.always("ConverseStream", { kind: "expired" });
  const expired = await running.ask("Reply with exactly: plum-2", { session: "expired" });
  checks.ok(
    expired.code !== 0 && /authentication/u.test(expired.shown),
    "expired credentials: the turn fails and is not tried for ever",
    expired,
  );
  checks.ok(
    logged(/security token included in the request is expired.*aws sso login/u),
    "expired credentials: one line says what expired and what to do",
    running.log().slice(-3000),
  );
  checks.ok(!/plum-2.*AKIA/su.test(expired.shown), "expired credentials: no key is shown", expired);
  bedrock.always("ConverseStream", undefined);
  const renewed = await running.ask("Reply with exactly: plum-3", { session: "renewed" });
  checks.ok(renewed.text === "plum-3", "expired credentials: the next turn is not held back", renewed);
  statuses();

  bedrock.upset("ConverseStream", error("ValidationException", "Input is too long for requested model."));
  const long = await running.ask("Reply with exactly: plum-4", { session: "renewed" });
  checks.ok(
    /context.overflow/iu.test(long.shown) || long.text === "plum-4",
    "prompt too long: the host takes it for an overflow",
    long,
  );
  checks.ok(
    /context overflow detected.*auto-compaction/u.test(running.log()),
    "prompt too long: the host compacts the conversation",
    running.log().slice(-3000),
  );

  const priced = await running.ask("Reply with exactly: plum-5", { session: "priced" });
  checks.ok(costOf(priced.json) > 0, "cost: a known price is shown", priced.json);
  const unknown = await running.ask("Reply with exactly: plum-6", { session: "unpriced", model: UNPRICED });
  checks.ok(unknown.text === "plum-6", "cost: a model nobody knows answers", unknown);
  checks.ok(!(costOf(unknown.json) > 0), "cost: an unknown price is never made up", unknown.json);

  bedrock.always("ConverseStream", { kind: "stall", afterEvents: 3 });
  const arrived = bedrock.next("ConverseStream");
  const stalled = running.ask("Count to 50", { session: "aborted", timeoutSeconds: 300 });
  await arrived;
  const abort = await running.call("chat.abort", { sessionKey: "agent:main:explicit:aborted" });
  checks.ok(at(abort.json, "aborted") === true, "abort: the Gateway stops the run", abort);
  const aborted = await stalled;
  const last = bedrock.of("ConverseStream").at(-1);
  checks.ok(aborted.seconds < 200 && last?.durationMs !== undefined, "abort: the connection to Bedrock is closed", {
    aborted,
    last,
  });
  bedrock.always("ConverseStream", undefined);

  await bedrock.goDown();
  const unreachable = running.ask("Reply with exactly: plum-7", { session: "down", timeoutSeconds: 300 });
  for (let waited = 0; waited < 400 && !logged(/could not reach 127\.0\.0\.1/u); waited++) await pause(500);
  checks.ok(
    logged(/could not reach 127\.0\.0\.1.*AWS_ENDPOINT_URL/u),
    "endpoint gone: the log says what is not there",
    running.log(),
  );
  await bedrock.comeUp();
  const recovered = await unreachable;
  checks.ok(recovered.text === "plum-7", "endpoint gone: the turn goes on when it is back", recovered);
};

function costOf(json: unknown): number {
  return numberAt(json, "result", "meta", "agentMeta", "usage", "cost", "total");
}

function error(type: string, message: string): Fault {
  return { kind: "error", type, message };
}
