import { describe, expect, it } from "vitest";
import type { DoctorReport } from "../src/doctor/report.ts";
import type { HostConfig } from "../src/host-types.ts";
import { examined, permission } from "./doctor-host.ts";
import { emulated } from "./emulated.ts";

function probed(probe: string, config: HostConfig = {}): Promise<DoctorReport> {
  return examined(config, { json: true, probe });
}

describe("the doctor's probe", () => {
  const world = emulated();

  it.each([
    ["amazon-bedrock-mantle/openai.gpt-oss-120b", "ChatCompletions"],
    ["openai.gpt-5.5", "Responses"],
    ["anthropic.claude-haiku-4-5", "Messages"],
    ["gpt-oss-20b", "ChatCompletions"],
  ])("sends one short turn of %s through Mantle's %s", async (model, operation) => {
    const report = await probed(model);
    expect(report.problems).toEqual([]);
    expect(report.probe).toMatchObject({ ok: true, provider: "amazon-bedrock-mantle", guarded: false });
    expect(permission(report, "bedrock-mantle:CreateInference")?.state).toBe("allowed");
    expect(permission(report, "bedrock-mantle:CallWithBearerToken")?.state).toBe("allowed");
    expect(permission(report, "bedrock:InvokeModelWithResponseStream")?.state).toBe("unknown");
    expect(world.requests.filter((request) => request.operation === operation)).toHaveLength(1);
  });

  it.each(["us.amazon.nova-lite-v1:0", "amazon-bedrock/us.amazon.nova-lite-v1:0", "bedrock/us.amazon.nova-lite-v1:0"])(
    "sends one short turn of %s through Converse",
    async (model) => {
      const report = await probed(model);
      expect(report.probe).toMatchObject({ ok: true, provider: "amazon-bedrock", model: "us.amazon.nova-lite-v1:0" });
      expect(permission(report, "bedrock:InvokeModelWithResponseStream")?.state).toBe("allowed");
      expect(permission(report, "bedrock-mantle:CreateInference")?.state).toBe("unknown");
    },
  );

  it("goes by the provider's own entry", async () => {
    const entry = { api: "bedrock-converse-stream", baseUrl: `${world.bedrock.url}/` };
    const report = await probed("bedrock-work/us.amazon.nova-lite-v1:0", {
      models: { providers: { "bedrock-work": entry } },
    });
    expect(report.probe).toMatchObject({ ok: true, provider: "bedrock-work" });
  });

  it("takes an ARN for what it is", async () => {
    const arn = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0";
    expect((await probed(arn)).probe).toMatchObject({ ok: true, model: arn });
  });
});
