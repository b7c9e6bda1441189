import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

/** What a process has loaded from node_modules after running a script. */
function loaded(script: string): string[] {
  const watch =
    'import { registerHooks } from "node:module"; const seen = [];' +
    "registerHooks({ load(url, context, next) { seen.push(url); return next(url, context); } });";
  const print = "console.log(JSON.stringify(seen.filter((url) => url.includes('/node_modules/'))));";
  const output = execFileSync(
    process.execPath,
    ["--conditions=@clawrock/source", "--input-type=module", "-e", `${watch} ${script} ${print}`],
    { cwd: fileURLToPath(new URL("..", import.meta.url)), encoding: "utf8" },
  );
  return JSON.parse(output);
}

it("loads no AWS SDK when it is imported and when a session is opened and described", () => {
  const script = `
    const { awsSession } = await import("@clawrock/aws-auth");
    const session = awsSession({ region: "eu-west-1" });
    session.describe(); session.clientConfig("bedrock"); session.endpoint("bedrock-mantle"); session.close();`;
  expect(loaded(script)).toEqual([]);
});

it("loads it when credentials are resolved (so the test above can fail)", () => {
  const script = `
    const { awsSession } = await import("@clawrock/aws-auth");
    await awsSession({ credentials: { accessKeyId: "A", secretAccessKey: "b" } }).bearerToken();`;
  expect(loaded(script).some((url) => url.includes("bedrock-token-generator"))).toBe(true);
});
