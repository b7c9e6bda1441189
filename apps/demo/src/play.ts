import {
  type AssistantMessage,
  type AssistantMessageStream,
  BedrockError,
  type ErrorKind,
  type Usage,
} from "@clawrock/conversation";
import type { Screen } from "./screen.ts";

/** What a turn cost and how long it took, as measured. */
export interface Figures {
  readonly usage: Usage;
  readonly priceKnown: boolean;
  /** From the call to the first piece of text, thinking or tool input. */
  readonly firstTokenMs: number | undefined;
  readonly totalMs: number;
}

export interface Played {
  readonly message: AssistantMessage;
  readonly figures: Figures;
}

/** Shows a stream as it arrives and measures it. */
export async function play(stream: AssistantMessageStream, screen: Screen): Promise<Played> {
  const from = performance.now();
  let firstTokenMs: number | undefined;
  for await (const event of stream) {
    if (!("delta" in event)) continue;
    firstTokenMs ??= performance.now() - from;
    if (event.type === "text_delta") screen.piece(event.delta, "text");
    if (event.type === "thinking_delta") screen.piece(event.delta, "thinking");
  }
  const message = await stream.result();
  const { usage } = message;
  return {
    message,
    figures: { usage, priceKnown: usage.priceKnown === true, firstTokenMs, totalMs: performance.now() - from },
  };
}

/** The message, or its error thrown. */
export function wholeAnswer(played: Played): Played {
  const { stopReason, errorMessage, errorCode } = played.message;
  if (stopReason !== "error" && stopReason !== "aborted") return played;
  throw new BedrockError({
    kind: (errorCode as ErrorKind | undefined) ?? "unknown",
    problem: errorMessage ?? "The answer failed",
  });
}
