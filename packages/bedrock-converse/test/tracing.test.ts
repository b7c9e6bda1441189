import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "@clawrock/bedrock-emulator";
import { expect, it } from "vitest";

const home = path.resolve(import.meta.dirname, "..");
const guide = readFileSync(path.resolve(home, "../../docs/tracing.md"), "utf8");

/** Two calls, one of them refused, with OpenTelemetry's own recorder. */
const USE = `
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { awsSession } from "@clawrock/aws-auth";
import { createConverse } from "@clawrock/bedrock-converse";
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
traceConverse(provider.getTracer("test"));
const aws = awsSession();
const converse = createConverse({ aws });
const messages = [{ role: "user", content: "What is a river?", timestamp: 0 }];
const answer = await converse.complete({ model: "amazon.nova-lite-v1:0", messages, temperature: 0.5, maxTokens: 50 });
await converse.complete({ model: "amazon.nova-nonsense-v9:0", messages });
aws.close();
const spans = exporter.getFinishedSpans().map(({ name, kind, attributes, events, status, duration }) => ({
  name, kind, attributes, events: events.map(({ name }) => name), status, duration,
}));
console.log(JSON.stringify({ spans, answer }));
`;

it("the guide's subscriber makes spans with the attributes of OpenTelemetry's conventions", async () => {
  const code = [...guide.matchAll(/```ts\n(.+?)```/gsu)]
    .map(([, block]) => block)
    .find((block) => block?.includes("traceConverse"));
  const emulator = await startEmulator();
  const options = ["--conditions=@clawrock/source", "--input-type=module-typescript", "--eval", `${code}\n${USE}`];
  const env = { PATH: process.env["PATH"], ...emulator.env };
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: home, env });
  const server = new URL(emulator.url);
  await emulator.close();
  const { spans, answer } = JSON.parse(stdout);
  expect(spans).toHaveLength(2);
  expect(spans[0]).toMatchObject({
    name: "chat amazon.nova-lite-v1:0",
    kind: 2,
    events: ["gen_ai.first_token"],
    status: { code: 0 },
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "aws.bedrock",
      "gen_ai.request.model": "amazon.nova-lite-v1:0",
      "gen_ai.request.max_tokens": 50,
      "gen_ai.request.temperature": 0.5,
      "server.address": server.hostname,
      "server.port": Number(server.port),
      "cloud.region": emulator.region,
      "gen_ai.response.id": answer.responseId,
      "aws.request_id": answer.responseId,
      "gen_ai.response.finish_reasons": [answer.rawStopReason],
      "gen_ai.usage.input_tokens": answer.usage.input + answer.usage.cacheRead + answer.usage.cacheWrite,
      "gen_ai.usage.output_tokens": answer.usage.output,
    },
  });
  expect(spans[1]).toMatchObject({
    events: ["retry"],
    status: { code: 2, message: expect.stringContaining("model identifier is invalid") },
    attributes: { "error.type": "model-not-found" },
  });
});
