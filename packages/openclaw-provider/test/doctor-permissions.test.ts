import { type EmulatorOptions, type Fault, startEmulator } from "@clawrock/bedrock-emulator";
import { describe, expect, it, vi } from "vitest";
import { closeSessions } from "../src/aws/sessions.ts";
import type { DoctorReport } from "../src/doctor/report.ts";
import { examined } from "./doctor-host.ts";

async function at(
  options: EmulatorOptions,
  { bearer = false, probe }: { bearer?: boolean; probe?: string } = {},
): Promise<{ report: DoctorReport; states: Record<string, string> }> {
  const emulator = await startEmulator(options);
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...places } = emulator.env;
  const keys = bearer
    ? { AWS_BEARER_TOKEN_BEDROCK: emulator.bearerToken }
    : { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY };
  for (const [name, value] of Object.entries({ ...places, ...keys, HOME: "/nowhere" })) vi.stubEnv(name, value);
  closeSessions();
  try {
    const report = await examined({}, { probe });
    return { report, states: Object.fromEntries(report.permissions.map(({ action, state }) => [action, state])) };
  } finally {
    vi.unstubAllEnvs();
    closeSessions();
    await emulator.close();
  }
}

function denied(action: string): Fault {
  const message = `User: arn:aws:iam::123456789012:user/emulator is not authorized to perform: ${action} on resource: * because no identity-based policy allows the ${action} action`;
  return { kind: "error", type: "AccessDeniedException", message };
}

describe("the doctor about permissions", () => {
  it("has one for tokens of the runtime only where a token is used there", async () => {
    expect((await at({})).states).not.toHaveProperty(["bedrock:CallWithBearerToken"]);
    const { states } = await at({}, { bearer: true });
    expect(states).toMatchObject({
      "bedrock:CallWithBearerToken": "allowed",
      "bedrock:ListFoundationModels": "allowed",
      "bedrock-mantle:CallWithBearerToken": "allowed",
      "bedrock-mantle:ListModels": "allowed",
      "bedrock-mantle:CreateInference": "unknown",
    });
  });

  it("names the one that stands in the way, and does not blame what stands behind it", async () => {
    const { states, report } = await at({
      standingFaults: { ListModels: denied("bedrock-mantle:CallWithBearerToken") },
    });
    expect(states).toMatchObject({
      "bedrock-mantle:CallWithBearerToken": "denied",
      "bedrock-mantle:ListModels": "unknown",
      "bedrock:ListFoundationModels": "allowed",
    });
    expect(report.problems).toEqual([
      { area: "mantle", message: expect.stringContaining("Allow bedrock-mantle:CallWithBearerToken") },
    ]);
  });

  it("says of everything that is denied that it is", async () => {
    const { states, report } = await at(
      { standingFaults: { "*": { kind: "denied" } } },
      { probe: "amazon.nova-lite-v1:0" },
    );
    expect(states).toMatchObject({
      "bedrock:ListFoundationModels": "denied",
      "bedrock:InvokeModelWithResponseStream": "denied",
      "bedrock-mantle:ListModels": "denied",
      "bedrock-mantle:CallWithBearerToken": "allowed",
    });
    expect(report.problems.map(({ area }) => area)).toEqual(["bedrock", "mantle", "probe"]);
  });

  it("tells the turn's permission at Mantle", async () => {
    const fault = denied("bedrock-mantle:CreateInference");
    const { states } = await at(
      { standingFaults: { ChatCompletions: fault } },
      { probe: "amazon-bedrock-mantle/openai.gpt-oss-20b" },
    );
    expect(states).toMatchObject({
      "bedrock-mantle:CreateInference": "denied",
      "bedrock-mantle:CallWithBearerToken": "allowed",
      "bedrock-mantle:ListModels": "allowed",
    });
  });
});
