import { BedrockError } from "@clawrock/conversation";
import type { OpenAI } from "openai";
import { htmlAnswer, isHtml, mantleError } from "../mantle-error.ts";
import { parseModelList } from "./parse-model-list.ts";
import { readText } from "./read-text.ts";

export interface LoadInit {
  readonly client: () => Promise<OpenAI>;
  readonly region: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

const MAX_BYTES = 4 * 1024 * 1024;
const ACTION = "The Mantle model list";

/** The ids of `GET /v1/models`, sorted. @throws BedrockError */
export async function loadModelIds({ client, region, signal, timeoutMs }: LoadInit): Promise<string[]> {
  const inTime = AbortSignal.timeout(timeoutMs);
  try {
    const either = AbortSignal.any([signal, inTime]);
    const response = await (await client()).models.list({ signal: either }).asResponse();
    const text = await readText(response, MAX_BYTES);
    if (isHtml(response.headers, text)) throw htmlAnswer({ status: response.status }, ACTION);
    return parseModelList(text);
  } catch (error) {
    if (inTime.aborted && !signal.aborted) {
      const problem = `${ACTION} did not arrive within ${timeoutMs / 1000} seconds`;
      throw new BedrockError({ kind: "timeout", problem, fix: "Try again later", cause: error });
    }
    throw await mantleError(error, { action: ACTION, region });
  }
}
