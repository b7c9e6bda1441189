import { subscribe } from "node:diagnostics_channel";
import { type Span, SpanKind, SpanStatusCode, type Tracer } from "@opentelemetry/api";
import { CONVERSE_CHANNEL, type ConverseDiagnostic } from "../src/index.ts";

/** A span for each Converse call of this process. */
export function traceConverse(tracer: Tracer): void {
  const spans = new Map<string, Span>();
  subscribe(CONVERSE_CHANNEL, (published) => {
    const event = published as ConverseDiagnostic;
    if (event.type === "call-start") {
      const attributes = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "aws.bedrock",
        "gen_ai.request.model": event.model,
      };
      const options = { kind: SpanKind.CLIENT, startTime: event.time, attributes };
      spans.set(event.callId, tracer.startSpan(`chat ${event.model}`, options));
      return;
    }
    const span = spans.get(event.callId);
    if (!span) return;
    switch (event.type) {
      case "request": {
        const { hostname, port } = new URL(`http://${event.server}`);
        span.setAttributes({
          "gen_ai.request.model": event.modelId,
          "gen_ai.request.max_tokens": event.maxTokens,
          "gen_ai.request.temperature": event.temperature,
          "gen_ai.request.top_p": event.topP,
          "gen_ai.request.stop_sequences": event.stopSequences && [...event.stopSequences],
          "server.address": hostname,
          "server.port": port ? Number(port) : undefined,
          "cloud.region": event.region,
        });
        break;
      }
      case "attempt-failed":
        span.addEvent("retry", { attempt: event.attempt, "error.type": event.kind });
        break;
      case "adjusted":
        span.addEvent("request_adjusted", { kind: event.adjustment.kind, detail: event.adjustment.detail });
        break;
      case "first-token":
        span.addEvent("gen_ai.first_token", { ms: event.ms });
        break;
      case "call-end": {
        const { usage, responseId, rawStopReason, errorCode, errorMessage } = event.message;
        span.setAttributes({
          "gen_ai.response.id": responseId,
          "aws.request_id": responseId,
          "gen_ai.response.finish_reasons": rawStopReason === undefined ? undefined : [rawStopReason],
          "gen_ai.usage.input_tokens": usage.input + usage.cacheRead + usage.cacheWrite,
          "gen_ai.usage.output_tokens": usage.output,
          "gen_ai.usage.cache_read.input_tokens": usage.cacheRead,
          "gen_ai.usage.cache_creation.input_tokens": usage.cacheWrite,
          "error.type": errorCode,
        });
        if (errorCode !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: errorMessage ?? errorCode });
        span.end(event.time);
        spans.delete(event.callId);
      }
    }
  });
}
