import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";

const home = path.resolve(import.meta.dirname, "..");

it("loads no AWS SDK before the first text", () => {
  const code = `
    import { registerHooks } from "node:module";
    registerHooks({ load: (url, context, next) => (console.log(url), next(url, context)) });
    const { createGuardrail } = await import("@clawrock/guardrails");
    const { awsSession } = await import("@clawrock/aws-auth");
    const aws = awsSession({ region: "us-east-1", bearerToken: "t", env: {} });
    const guardrail = createGuardrail({ aws, guardrail: { guardrailIdentifier: "gr1", guardrailVersion: "1" } });
    await guardrail.apply({ source: "input", content: " " });
  `;
  const options = ["--conditions=@clawrock/source", "--input-type=module", "--eval", code];
  const loaded = execFileSync(process.execPath, options, { cwd: home, encoding: "utf8" });
  expect(loaded).toContain("guardrails/src/index.ts");
  expect(loaded).not.toMatch(/node_modules\/@aws-sdk\/client-bedrock-runtime\//u);
});
