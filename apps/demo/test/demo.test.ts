import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmulator } from "@clawrock/bedrock-emulator";
import { afterAll, describe, expect, it } from "vitest";

const home = mkdtempSync(path.join(tmpdir(), "clawrock-demo-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The demo as a process of its own, with an empty HOME and nothing of this shell's AWS settings. */
function demo(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const main = path.resolve(import.meta.dirname, "../src/main.ts");
  const options = {
    env: { PATH: process.env["PATH"], HOME: home, AWS_EC2_METADATA_DISABLED: "true", ...env },
    timeout: 10_000,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ["--conditions=@clawrock/source", main, ...args], options, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, out, err });
    });
  });
}

describe("the tour on the emulator", () => {
  it("shows everything and ends by itself within ten seconds", async () => {
    const { code, out, err } = await demo([]);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toContain("a local Bedrock emulator answers at http://127.0.0.1:");
    expect(out).toMatch(/region +us-east-1 \(from AWS_REGION\)/u);
    expect(out).toMatch(/credentials +AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY/u);
    expect(out).toMatch(
      /Anthropic +200k +text image doc → text +budget +\$1 \/ \$5 +profile, worldwide +global\.anthropic\.claude-haiku-4-5/u,
    );
    expect(out).toContain("text_length says: 24");
    expect(out).toMatch(/1 block of thinking, 1 signed/u);
    expect(out).toContain('blocked the prompt: word "launch codes"');
    expect(out).toMatch(/score +text\s+0\.\d+ +Knead the dough/u);
    expect(out).toMatch(/\d+ models listed; bearer token valid until 20/u);
    expect(out.match(/tokens in, \d+ out · \$[\d.]+ · first token after \d+ ms/gu)?.length).toBeGreaterThanOrEqual(6);
    expect(out).toContain("That was the tour.");
  });

  it("gives one JSON document with the figures of the run", async () => {
    const { code, out } = await demo(["--json"]);
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ mode: "emulator", failed: [] });
    expect(report.discovery.models.length).toBeGreaterThan(10);
    for (const scene of ["answer", "tool", "thinking", "mantle"]) {
      expect(report.scenes[scene], scene).toMatchObject({
        firstTokenMs: expect.any(Number),
        priceKnown: true,
        usage: { input: expect.any(Number), output: expect.any(Number), cost: { total: expect.any(Number) } },
      });
      expect(report.scenes[scene].usage.cost.total, scene).toBeGreaterThan(0);
    }
    expect(report.scenes.tool.calls).toEqual([{ name: "text_length", input: { text: "Clawrock streams Bedrock" } }]);
    expect(report.scenes.guardrail).toMatchObject({ intervened: true, errorCode: "guardrail-blocked" });
    expect(report.scenes.embeddings.ranked[0].text).toContain("bread");
  });

  it("answers one question", async () => {
    const { code, out } = await demo(["chat", "What is a glacier?"]);
    expect(code).toBe(0);
    expect(out).toContain("glacier");
  });
});

it("lets a real model answer", async () => {
  const chunks = ["A glacier ", "is ice."].map((content) => ({ choices: [{ delta: { content } }] }));
  const end = [
    { choices: [{ delta: {}, finish_reason: "stop" }] },
    { choices: [], usage: { prompt_tokens: 9, completion_tokens: 5 } },
  ];
  const model = createHttpServer((request, response) => {
    if (request.url === "/v1/models") return void response.end(JSON.stringify({ data: [{ id: "tiny" }] }));
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const chunk of [...chunks, ...end]) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    return void response.end("data: [DONE]\n\n");
  });
  await new Promise<void>((resolve) => model.listen(0, "127.0.0.1", resolve));
  const { port } = model.address() as { port: number };
  const { code, out } = await demo(["--upstream", `http://127.0.0.1:${port}/v1`, "chat", "What is a glacier?"]);
  model.close();
  expect(code).toBe(0);
  expect(out).toMatch(/A glacier is ice\.\n9 tokens in, 5 out/u);
});

describe("the tour with the reader's own credentials", () => {
  it("plays against whatever the environment points at", async () => {
    const emulator = await startEmulator();
    const { code, out } = await demo(["--aws", "--guardrail", "emulatorgrd1:1"], { ...emulator.env });
    await emulator.close();
    expect(code).toBe(0);
    expect(out).toContain("Real AWS, with your credentials, in us-east-1");
    expect(out).toContain("That was the tour.");
  });

  it("goes on when a scene fails, says which, and fails", async () => {
    const emulator = await startEmulator({ guardrails: [] });
    const { code, out } = await demo(["--aws", "--guardrail", "gone:1"], { ...emulator.env });
    await emulator.close();
    expect(code).toBe(1);
    expect(out).toContain("The guardrail identifier or version provided in the request does not exist");
    expect(out).toContain("bearer token valid until");
  });
});

const KEYS = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "do-not-print-me" };

describe("what goes wrong is one line, exit code 1, no stack trace and no secret", () => {
  it.each<[string, readonly string[], Record<string, string>, RegExp]>([
    ["no credentials", ["--aws"], {}, /^No AWS credentials were found: .*Run aws configure/u],
    [
      "half a key pair",
      ["--aws"],
      { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE" },
      /AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY/u,
    ],
    ["a missing profile", ["--aws"], { AWS_PROFILE: "nobody" }, /profile "nobody" is in neither shared file/u],
    [
      "an unknown model",
      ["chat", "hi", "--model", "amazon.nova-nonsense-v1:0"],
      {},
      /model identifier is invalid\. Check the id/u,
    ],
    ["an id of no shape", ["chat", "hi", "--model", "!!"], {}, /"!!" is not a Bedrock model id/u],
    [
      "a profile-only model",
      ["chat", "hi", "--model", "anthropic.claude-opus-4-7"],
      {},
      /Use an inference profile that contains/u,
    ],
    [
      "a malformed endpoint",
      ["--aws"],
      { ...KEYS, AWS_ENDPOINT_URL: "nowhere" },
      /"nowhere" \(AWS_ENDPOINT_URL\) is not a URL/u,
    ],
    [
      "a malformed region",
      ["--aws", "--region", "us east"],
      KEYS,
      /"us east" \(option region\) is not the name of an AWS region/u,
    ],
    [
      "an option for an account without one",
      ["--region", "eu-west-1"],
      {},
      /--region is for your own account\. Add --aws/u,
    ],
    ["a malformed upstream", ["--upstream", "ollama"], {}, /--upstream is "ollama", which is not a URL/u],
    [
      "an upstream with --aws",
      ["--aws", "--upstream", "http://127.0.0.1:1/v1"],
      KEYS,
      /--upstream is for the emulator/u,
    ],
    ["a malformed guardrail", ["--aws", "--guardrail", "x"], KEYS, /--guardrail is "x"\. Give it as/u],
  ])("%s", async (_, args, env, words) => {
    const { code, out, err } = await demo(args, env);
    expect(code).toBe(1);
    expect(err).toMatch(words);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(out + err).not.toMatch(/do-not-print-me|\n\s+at /u);
  });

  it("an unreachable endpoint", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const { code, err } = await demo(["chat", "hi", "--aws", "--model", "amazon.nova-lite-v1:0"], {
      ...KEYS,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    });
    expect(code).toBe(1);
    expect(err).toMatch(
      new RegExp(`could not reach 127\\.0\\.0\\.1:${port}: connection refused, nothing listens there`, "u"),
    );
  });

  it("shows the stack when asked to", async () => {
    expect((await demo(["--aws", "--debug"])).err).toMatch(/\n\s+at /u);
  });
});
