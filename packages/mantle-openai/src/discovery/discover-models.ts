import { BedrockError } from "@clawrock/conversation";
import type { OpenAI } from "openai";
import { htmlAnswer, isHtml, mantleError } from "../mantle-error.ts";
import { type MantleModel, mantleModel } from "../model.ts";
import { parseModelList } from "./parse-model-list.ts";
import { readText } from "./read-text.ts";

/** What the endpoint lists. */
export interface MantleDiscovery {
  /** Sorted by id. */
  readonly models: readonly MantleModel[];
  /** Why there are no models, in one line. Absent when there are. */
  readonly unavailable?: string;
  /** The failure behind `unavailable`; absent when the list was empty. */
  readonly error?: BedrockError;
}

export interface DiscoverInit {
  readonly client: () => Promise<OpenAI>;
  readonly region: string;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
}

const MAX_BYTES = 4 * 1024 * 1024;

/** @throws BedrockError of kind `aborted` when the caller aborts; every other failure is told in the answer. */
export async function discoverModels(init: DiscoverInit): Promise<MantleDiscovery> {
  try {
    const models = (await listed(init)).map(mantleModel);
    if (models.length > 0) return { models };
    return { models, unavailable: `Mantle lists no models in ${init.region} for these credentials` };
  } catch (error) {
    if (init.signal?.aborted) {
      throw new BedrockError({ kind: "aborted", problem: "The model list was aborted", cause: error });
    }
    const told = await mantleError(error, { action: "The Mantle model list", region: init.region });
    return { models: [], unavailable: told.message, error: told };
  }
}

async function listed({ client, signal, timeoutMs }: DiscoverInit): Promise<string[]> {
  const inTime = AbortSignal.timeout(timeoutMs);
  const either = signal ? AbortSignal.any([signal, inTime]) : inTime;
  try {
    const response = await (await client()).models.list({ signal: either }).asResponse();
    const text = await readText(response, MAX_BYTES);
    if (isHtml(response.headers, text)) throw htmlAnswer({ status: response.status }, "The Mantle model list");
    return parseModelList(text);
  } catch (error) {
    if (!inTime.aborted || signal?.aborted) throw error;
    const problem = `The Mantle model list did not arrive within ${timeoutMs / 1000} seconds`;
    throw new BedrockError({ kind: "timeout", problem, fix: "Try again later", cause: error });
  }
}
