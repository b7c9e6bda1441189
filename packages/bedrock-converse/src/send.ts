import type { ConverseCommandInput, ConverseStreamCommandInput } from "@aws-sdk/client-bedrock-runtime";
import type { RuntimeClient } from "./client-pool.ts";
import type { OpenedStream } from "./stream/converse-source.ts";
import { eventsOfAnswer } from "./stream/events-of-answer.ts";
import { ownDecoder } from "./stream/own-decoder.ts";

export interface SendOptions {
  readonly abortSignal: AbortSignal;
  readonly decoder: "own" | "sdk";
}

/** An accepted request. */
export interface Accepted extends OpenedStream {
  readonly status: number;
}

/** ConverseStream. */
export async function sendStream(
  { sdk, client }: RuntimeClient,
  input: ConverseStreamCommandInput,
  { abortSignal, decoder }: SendOptions,
): Promise<Accepted> {
  const command = new sdk.ConverseStreamCommand(input);
  if (decoder === "own") command.middlewareStack.use(ownDecoder as never);
  const { stream, $metadata: metadata } = await client.send(command, { abortSignal });
  return { stream, requestId: metadata.requestId, status: metadata.httpStatusCode ?? 200 };
}

/** Converse, for a model that refuses tools while streaming: the whole answer, then as a stream. */
export async function sendWhole(
  { sdk, client }: RuntimeClient,
  input: ConverseStreamCommandInput,
  { abortSignal }: SendOptions,
): Promise<Accepted> {
  const answer = await client.send(new sdk.ConverseCommand(withoutStreamFields(input)), { abortSignal });
  const { requestId, httpStatusCode = 200 } = answer.$metadata;
  return { stream: eventsOfAnswer(answer), requestId, status: httpStatusCode };
}

function withoutStreamFields({ guardrailConfig, ...input }: ConverseStreamCommandInput): ConverseCommandInput {
  if (!guardrailConfig) return input;
  const { streamProcessingMode: _, ...guardrail } = guardrailConfig;
  return { ...input, guardrailConfig: guardrail };
}
