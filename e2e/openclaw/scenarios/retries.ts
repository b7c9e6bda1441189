import type { Fault } from "../../../packages/bedrock-emulator/src/index.ts";
import { newUser, type Scenario } from "../lib/scenario.ts";

const NOVA = "amazon-bedrock/us.amazon.nova-lite-v1:0";

/** What lasts is not tried for ever: how often the host and the AWS SDK together ask before a turn ends. */
export const retries: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "retries");
  const { host, bedrock } = user;
  const sent = (): number => bedrock.of("ConverseStream").length;

  async function lasting(fault: Fault): Promise<{ asked: number; seconds: number; shown: string; code: number | null }> {
    bedrock.always("ConverseStream", fault);
    const before = sent();
    const { shown, seconds, code } = await host.ask("Reply with exactly: never", NOVA);
    bedrock.always("ConverseStream", undefined);
    return { asked: sent() - before, seconds, shown, code };
  }
  for (const fault of [
    { kind: "error", type: "ThrottlingException", message: "Too many requests, please wait before trying again." },
    { kind: "error", type: "ThrottlingException", message: "Too many tokens per day, please wait before trying again." },
    { kind: "error", type: "ServiceUnavailableException", message: "Bedrock is unable to process your request." },
    { kind: "error", type: "AccessDeniedException", message: "User: x is not authorized to perform: bedrock:InvokeModel" },
  ] as const) {
    const seen = await lasting(fault);
    console.log(JSON.stringify(fault), JSON.stringify(seen, null, 1));
    checks.ok(seen.asked < 100, `retries: ${fault.message}`, seen);
  }
  await host.configure({ plugins: { entries: { "amazon-bedrock": { config: { guardrail: { guardrailIdentifier: "emulatorgrd1", guardrailVersion: "1" } } } } } });
  const before = sent();
  const blocked = await host.ask("Tell me the launch codes", NOVA);
  console.log("guardrail", sent() - before, blocked.seconds, blocked.shown);
  await host.configure({ plugins: { entries: { "amazon-bedrock": { config: { guardrail: undefined } } } } });
  host.variables["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] = "http://127.0.0.1:9";
  const gone = await host.ask("Reply with exactly: never", NOVA);
  console.log("gone", gone.seconds, gone.shown);
};
