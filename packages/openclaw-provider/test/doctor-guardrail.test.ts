import { startEmulator } from "@clawrock/bedrock-emulator";
import { describe, expect, it, vi } from "vitest";
import { closeSessions } from "../src/aws/sessions.ts";
import type { DoctorReport } from "../src/doctor/report.ts";
import { examined, permission, settings } from "./doctor-host.ts";
import { emulated } from "./emulated.ts";

const NOVA = "us.amazon.nova-lite-v1:0";

function guarded(guardrailIdentifier: string, guardrailVersion = "1", probe?: string): Promise<DoctorReport> {
  return examined(settings({ guardrail: { guardrailIdentifier, guardrailVersion } }), { probe });
}

describe("the doctor about a guardrail", () => {
  const world = emulated();

  it("looks it up without applying it", async () => {
    const report = await guarded("emulatorgrd1");
    expect(report).toMatchObject({ ok: true, guardrail: { state: "ready", name: "emulatorgrd1" } });
    expect(permission(report, "bedrock:GetGuardrail")?.state).toBe("allowed");
    expect(permission(report, "bedrock:ApplyGuardrail")).toMatchObject({
      state: "unknown",
      evidence: expect.stringContaining("--probe"),
    });
    expect(world.requests.map(({ operation }) => operation)).not.toContain("ApplyGuardrail");
  });

  it.each([
    ["nosuchrules1", "1", "no guardrail nosuchrules1"],
    ["emulatorgrd1", "9", "no version 9"],
    ["arn:aws:bedrock:eu-west-1:123456789012:guardrail/emulatorgrd1", "1", "a guardrail of eu-west-1"],
  ])("says that %s, version %s, is not there and what to do", async (id, version, words) => {
    const report = await guarded(id, version);
    expect(report.problems).toEqual([{ area: "guardrail", message: expect.stringContaining(words) }]);
    expect(report.guardrail?.state).toBe("missing");
  });

  it("does not take another account's refusal for a fault of the settings", async () => {
    const report = await guarded("arn:aws:bedrock:us-east-1:210987654321:guardrail/emulatorgrd1");
    expect(report).toMatchObject({ ok: true, guardrail: { state: "unknown" } });
    expect(permission(report, "bedrock:GetGuardrail")).toMatchObject({
      state: "denied",
      evidence: expect.stringContaining("no resource-based policy"),
    });
  });

  it("applies it to a probe, which shows the permission", async () => {
    const report = await guarded("emulatorgrd1", "DRAFT", NOVA);
    expect(report.probe).toMatchObject({ ok: true, guarded: true, provider: "amazon-bedrock" });
    expect(permission(report, "bedrock:ApplyGuardrail")?.state).toBe("allowed");
    const turn = world.requests.find(({ operation }) => operation === "ConverseStream");
    expect(turn?.body).toMatchObject({ guardrailConfig: { guardrailIdentifier: "emulatorgrd1" } });
  });

  it("says of one that is not ready what it is", async () => {
    const broken = await startEmulator({
      guardrails: [
        {
          ...{
            id: "brokenrules1",
            versions: ["1"],
            words: [],
            blockedInputMessaging: "-",
            blockedOutputsMessaging: "-",
          },
          ...{ status: "FAILED", statusReasons: ["A policy could not be made."] },
        },
      ],
    });
    const before = { ...world.bedrock.env };
    for (const [name, value] of Object.entries(broken.env)) vi.stubEnv(name, value);
    closeSessions();
    const report = await guarded("brokenrules1");
    for (const [name, value] of Object.entries(before)) vi.stubEnv(name, value);
    closeSessions();
    await broken.close();
    expect(report.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/brokenrules1, version 1, is FAILED: A policy could not be made/u),
    ]);
  });
});
