import type { ConverseCommandInput, ConverseStreamCommandInput } from "@aws-sdk/client-bedrock-runtime";
import type { RuntimeClient } from "./client-pool.ts";
import { attemptWatch } from "./stream/attempt-watch.ts";
import type { OpenedStream } from "./stream/converse-source.ts";
import { eventsOfAnswer } from "./stream/events-of-answer.ts";
import { ownDecoder, type SeenAnswer, sdkDecoder } from "./stream/own-decoder.ts";
import { RawEventStream } from "./stream/raw-event-stream.ts";

export interface SendOptions {
  readonly abortSignal: AbortSignal;
  readonly decoder: "own" | "sdk";
  /** Told of each attempt that fails, also of those the SDK repeats. */
  readonly onAttemptFailed: (error: unknown, attempt: number) => void;
  /** Told why an accepted answer is left to the SDK's decoder although the own one was asked for. */
  readonly onDecoderRefused: (reason: string) => void;
}

/** An accepted request. */
export interface Accepted extends OpenedStream {
  readonly status: number;
  /** Who decodes the answer; `none` for a whole one. */
  readonly decoder: "own" | "sdk" | "none";
}

/** ConverseStream. */
export async function sendStream(
  { sdk, client }: RuntimeClient,
  input: ConverseStreamCommandInput,
  { abortSignal, decoder, onAttemptFailed, onDecoderRefused }: SendOptions,
): Promise<Accepted> {
  const command = new sdk.ConverseStreamCommand(input);
  const seen: SeenAnswer = { onRefused: onDecoderRefused };
  // The SDK types its stacks by command; these plugins look at nothing of that.
  command.middlewareStack.use((decoder === "own" ? ownDecoder(seen) : sdkDecoder(seen)) as never);
  command.middlewareStack.use(attemptWatch(onAttemptFailed) as never);
  const { stream, $metadata: metadata } = await client.send(command, { abortSignal });
  return {
    stream,
    requestId: metadata.requestId,
    status: metadata.httpStatusCode ?? 200,
    decoder: stream instanceof RawEventStream ? "own" : "sdk",
    release: () => seen.body?.destroy(),
  };
}

/** Converse, for a model that refuses tools while streaming: the whole answer, then as a stream. */
export async function sendWhole(
  { sdk, client }: RuntimeClient,
  input: ConverseStreamCommandInput,
  { abortSignal, onAttemptFailed }: SendOptions,
): Promise<Accepted> {
  const command = new sdk.ConverseCommand(withoutStreamFields(input));
  command.middlewareStack.use(attemptWatch(onAttemptFailed) as never);
  const answer = await client.send(command, { abortSignal });
  const { requestId, httpStatusCode = 200 } = answer.$metadata;
  return {
    stream: eventsOfAnswer(answer),
    requestId,
    status: httpStatusCode,
    decoder: "none",
    release: () => undefined,
  };
}

function withoutStreamFields({ guardrailConfig, ...input }: ConverseStreamCommandInput): ConverseCommandInput {
  if (!guardrailConfig) return input;
  const { streamProcessingMode: _, ...guardrail } = guardrailConfig;
  return { ...input, guardrailConfig: guardrail };
}
