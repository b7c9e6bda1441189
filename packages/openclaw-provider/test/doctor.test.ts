import { stripVTControlCharacters } from "node:util";
import { startEmulator } from "@clawrock/bedrock-emulator";
import { describe, expect, it, vi } from "vitest";
import { closeSessions } from "../src/aws/sessions.ts";
import { formatReport } from "../src/doctor/format-report.ts";
import { examine } from "../src/doctor/run-doctor.ts";
import { quietHost as host, settings } from "./doctor-host.ts";
import { emulated } from "./emulated.ts";

const nothing = { json: false, probe: undefined };

describe("the doctor", () => {
  const world = emulated();

  it("finds nothing wrong where nothing is, and sends nothing that is billed", async () => {
    const report = await examine({}, host(), nothing);
    expect(report).toMatchObject({ ok: true, problems: [], aws: { credentials: { resolved: true } } });
    expect(report.bedrock?.models).toBeGreaterThan(5);
    expect(report.mantle?.models).toBeGreaterThan(2);
    expect(report.bedrock?.access?.granted).toBeGreaterThan(2);
    const hidden = report.bedrock?.hidden.find(({ reason }) => reason === "profile only");
    expect(hidden?.example).toMatch(/use us\./u);
    const states = new Map(report.permissions.map(({ action, state }) => [action, state]));
    expect(states.get("bedrock:ListFoundationModels")).toBe("allowed");
    expect(states.get("bedrock:InvokeModelWithResponseStream")).toBe("unknown");
    // The unknown one only asks whether anybody is there.
    const free = [
      "ListFoundationModels",
      "ListInferenceProfiles",
      "ListModels",
      "GetFoundationModelAvailability",
      "Unknown",
    ];
    expect(world.requests.filter(({ operation }) => !free.includes(operation))).toEqual([]);
  });

  it("says it in words, without a secret", async () => {
    const text = stripVTControlCharacters(formatReport(await examine({}, host(), nothing)));
    expect(text).toContain("No problem was found");
    expect(text).toMatch(/\? unknown +bedrock:InvokeModelWithResponseStream/u);
    const secret = world.bedrock.env["AWS_SECRET_ACCESS_KEY"] ?? "none";
    expect(text + JSON.stringify(await examine({}, host(), nothing))).not.toContain(secret);
  });

  it("tries one turn of a model when asked, and tells what it cost", async () => {
    const { probe, permissions } = await examine({}, host(), { json: true, probe: "amazon.nova-lite-v1:0" });
    expect(probe).toMatchObject({ ok: true, answer: expect.stringMatching(/\w/u) });
    expect(probe?.costUsd).toBeGreaterThan(0);
    expect(probe?.costUsd).toBeLessThanOrEqual(probe?.atMostUsd ?? 0);
    expect(permissions.find(({ action }) => action.endsWith("ResponseStream"))?.state).toBe("allowed");
  });

  it("names every problem once, each with its fix", async () => {
    const bad = await examine(settings({ discovery: { enabled: "yes" } }), host(), nothing);
    expect(bad.problems).toEqual([
      { area: "config", message: expect.stringContaining("amazon-bedrock.config.discovery.enabled") },
    ]);
    const old = await examine({}, host("2026.1.0"), nothing);
    expect(old.problems).toEqual([{ area: "plugin", message: expect.stringContaining("Update OpenClaw") }]);
    for (const version of ["2026.8.1", "2026.10.1", "2027.1.0-beta.1"]) {
      expect((await examine({}, host(version), nothing)).problems).toEqual([]);
    }
    const unknownModel = await examine({}, host(), { json: true, probe: "nobody.knows-me-v1:0" });
    expect(unknownModel.problems).toEqual([{ area: "probe", message: expect.stringMatching(/\S/u) }]);
  });

  it("tells a refusal from an endpoint that does not answer", async () => {
    const gone = await startEmulator();
    await gone.close();
    vi.stubEnv("AWS_ENDPOINT_URL_BEDROCK", gone.url);
    closeSessions();
    const report = await examine({}, host(), nothing);
    vi.stubEnv("AWS_ENDPOINT_URL_BEDROCK", world.bedrock.env["AWS_ENDPOINT_URL_BEDROCK"]);
    closeSessions();
    expect(report.ok).toBe(false);
    expect(report.permissions.find(({ action }) => action === "bedrock:ListFoundationModels")?.state).toBe("unknown");
    expect(report.permissions.find(({ action }) => action === "bedrock-mantle:ListModels")?.state).toBe("allowed");
  });

  it("takes a region that is none for a problem of AWS, and ends", async () => {
    vi.stubEnv("AWS_REGION", "us east 1");
    vi.stubEnv("AWS_DEFAULT_REGION", undefined);
    closeSessions();
    const report = await examine({}, host(), { json: true, probe: "amazon.nova-lite-v1:0" });
    vi.stubEnv("AWS_REGION", world.bedrock.env["AWS_REGION"]);
    vi.stubEnv("AWS_DEFAULT_REGION", world.bedrock.env["AWS_DEFAULT_REGION"]);
    closeSessions();
    expect(report.problems.map(({ area }) => area)).toEqual(["aws", "probe"]);
    expect(report.bedrock?.region).toBeUndefined();
    expect(world.requests).toEqual([]);
  });
});
