import { expect } from "vitest";
import type { Emulator, JsonObject } from "../../src/index.ts";
import type { ListedId } from "../../src/refusals/tables.ts";

/** One rule of the service: refused by rows that are tried elsewhere, or shown by a check of its own. */
export type RuleRow = readonly [rule: string, proof: readonly (ListedId | string)[] | ((on: Asked) => Promise<void>)];

/** An emulator with short ways to ask it. */
export interface Asked {
  readonly emulator: Emulator;
  /** POSTs to an operation of a model. */
  model(modelId: string, operation: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  path(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Uint8Array;
  json(): JsonObject;
}

export function asking(emulator: Emulator): Asked {
  const path: Asked["path"] = async (where, body, headers = {}) => {
    const answer = await fetch(`${emulator.url}${where}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${emulator.bearerToken}`, ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const text = Buffer.from(bytes).toString("utf8");
    return { status: answer.status, headers: answer.headers, text, bytes, json: () => JSON.parse(text) };
  };
  const model: Asked["model"] = (id, operation, body, headers) =>
    path(`/model/${encodeURIComponent(id)}/${operation}`, body, headers);
  return { emulator, path, model };
}

export const micro = "amazon.nova-micro-v1:0";
export const lite = "amazon.nova-lite-v1:0";
export const sonnet = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
export const user = (...content: object[]) => ({ role: "user", content });
export const assistant = (...content: object[]) => ({ role: "assistant", content });
export const hello = { messages: [user({ text: "Hello" })] };

/** A row that shows that a request is taken. */
export function taken(modelId: string, body: object): (on: Asked) => Promise<void> {
  return async (on) => {
    const answer = await on.model(modelId, "converse", body);
    expect([answer.status, answer.status === 200 ? "" : answer.text]).toEqual([200, ""]);
  };
}

/** A row that shows a status and words. */
export function refused(
  modelId: string,
  operation: string,
  body: unknown,
  status: number,
  words: RegExp,
): (on: Asked) => Promise<void> {
  return async (on) => {
    const answer = await on.model(modelId, operation, body);
    expect(answer.text).toMatch(words);
    expect(answer.status).toBe(status);
  };
}
