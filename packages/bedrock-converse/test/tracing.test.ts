import { readFileSync } from "node:fs";
import path from "node:path";
import { awsSession } from "@clawrock/aws-auth";
import { startEmulator } from "@clawrock/bedrock-emulator";
import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { expect, it } from "vitest";
import { createConverse } from "../src/index.ts";
import { traceConverse } from "./trace-converse.ts";

it("makes spans with the attributes of OpenTelemetry's conventions", async () => {
  const emulator = await startEmulator();
  const { region, credentials, url } = emulator;
  const aws = awsSession({ region, credentials, endpoints: { "bedrock-runtime": url } });
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  traceConverse(provider.getTracer("test"));
  const converse = createConverse({ aws });
  const messages = [{ role: "user" as const, content: "What is a river?", timestamp: 0 }];
  const answer = await converse.complete({ model: "amazon.nova-lite-v1:0", messages, temperature: 0.5, maxTokens: 50 });
  await converse.complete({ model: "amazon.nova-nonsense-v9:0", messages });
  aws.close();
  await emulator.close();
  const [answered, refused, ...more] = exporter.getFinishedSpans();
  expect(more).toEqual([]);
  expect(answered).toMatchObject({
    name: "chat amazon.nova-lite-v1:0",
    kind: SpanKind.CLIENT,
    events: [{ name: "gen_ai.first_token" }],
    status: { code: SpanStatusCode.UNSET },
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "aws.bedrock",
      "gen_ai.request.model": "amazon.nova-lite-v1:0",
      "gen_ai.request.max_tokens": 50,
      "gen_ai.request.temperature": 0.5,
      "server.address": new URL(url).hostname,
      "server.port": Number(new URL(url).port),
      "cloud.region": region,
      "gen_ai.response.id": answer.responseId,
      "aws.request_id": answer.responseId,
      "gen_ai.response.finish_reasons": [answer.rawStopReason],
      "gen_ai.usage.input_tokens": answer.usage.input + answer.usage.cacheRead + answer.usage.cacheWrite,
      "gen_ai.usage.output_tokens": answer.usage.output,
    },
  });
  expect(refused).toMatchObject({
    events: [{ name: "retry" }],
    status: { code: SpanStatusCode.ERROR, message: expect.stringContaining("model identifier is invalid") },
    attributes: { "error.type": "model-not-found" },
  });
});

it("is what the guide shows", () => {
  const guide = readFileSync(path.resolve(import.meta.dirname, "../../../docs/tracing.md"), "utf8");
  const code = readFileSync(path.join(import.meta.dirname, "trace-converse.ts"), "utf8");
  const body = code.slice(code.indexOf("/** A span for each"));
  expect(guide).toContain(body);
});
