import { BedrockError, type ErrorContext } from "@clawrock/conversation";
import type { OpenAI } from "openai";
import { readText } from "../discovery/read-text.ts";
import { mantleError } from "../mantle-error.ts";
import { record } from "../turn/json.ts";

const MAX_BYTES = 64 * 1024;

export interface CountInit {
  readonly client: () => Promise<OpenAI>;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
  readonly context: ErrorContext;
}

/** `POST /anthropic/v1/messages/count_tokens`. @throws BedrockError */
export async function countTokens({
  client,
  body,
  headers,
  signal,
  context,
}: CountInit): Promise<{ inputTokens: number }> {
  try {
    const openai = await client();
    const options = { body, headers, ...(signal && { signal }) };
    const response = await openai.post("/messages/count_tokens", options).asResponse();
    const { input_tokens: tokens } = record(parsed(await readText(response, MAX_BYTES)));
    if (typeof tokens === "number") return { inputTokens: tokens };
    const problem = `${context.action ?? "The request"} was answered without input_tokens`;
    throw new BedrockError({ kind: "protocol", problem, fix: "Check the endpoint URL" });
  } catch (error) {
    throw await mantleError(error, context);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
