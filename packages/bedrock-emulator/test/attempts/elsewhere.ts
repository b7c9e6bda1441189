import { createServer } from "node:http";
import type { faultRefusal } from "../../src/faults/fault-refusals.ts";
import type { httpRefusal } from "../../src/http/http-refusals.ts";
import type { Fault } from "../../src/index.ts";
import type { IdsOf } from "../../src/refusals/tables.ts";
import type { upstreamRefusal } from "../../src/upstream/upstream-refusals.ts";
import { attempt, messages, micro, type RefusalAttempt, toModel } from "./attempt.ts";

export const requestAttempts: Record<IdsOf<typeof httpRefusal>, readonly RefusalAttempt[]> = {
  "body-not-json": [
    toModel(micro, "converse", "{", /^\{"message":"The request body could not be parsed as a JSON object\."\}$/),
    toModel(micro, "converse", "[]", /could not be parsed/),
    toModel(micro, "converse", `{"a":${"[".repeat(2_000)}${"]".repeat(2_000)}}`, /could not be parsed/),
  ],
  "body-too-large": [attempt("/model/x/converse", { body: "x".repeat(64 * 1024 * 1024 + 1) }, 413, /too large/)],
  "unknown-operation": [
    attempt("/nothing", {}, 404, /"Unknown operation: GET \/nothing"/),
    attempt("/foundation-models", { method: "DELETE" }, 404, /"Unknown operation: DELETE/),
  ],
  "browser-origin": [
    attempt("/foundation-models", { headers: { origin: "http://evil.example" } }, 403, /Origin header/),
  ],
  "emulator-failed": [
    toModel(micro, "converse", { messages }, /"The emulator failed: Error: no idea"/, {
      options: {
        // biome-ignore lint/correctness/useYield: an engine that fails before its first word.
        engine: function* () {
          throw new Error("no idea");
        },
      },
      status: 500,
    }),
  ],
};

const faulty = (fault: string, status: number, message: RegExp) =>
  toModel(micro, "converse", { messages }, message, { headers: { "x-emulator-fault": fault }, status });
const scripted: Fault = { kind: "error", type: "ModelNotReadyException", message: "Come back later." };

export const faultAttempts: Record<IdsOf<typeof faultRefusal>, readonly RefusalAttempt[]> = {
  throttle: [faulty("throttle", 429, /"Too many requests, please wait before trying again\."/)],
  "throttle-tokens": [faulty("throttle-tokens", 429, /"Too many tokens, please wait before trying again\."/)],
  "throttle-daily": [faulty("throttle-daily", 429, /"Too many tokens per day, please wait before trying again\."/)],
  connections: [faulty("connections", 503, /"Too many connections, please wait before trying again\."/)],
  unavailable: [faulty("unavailable", 503, /"Bedrock is unable to process your request\."/)],
  internal: [faulty("internal", 500, /"The system encountered an unexpected error during processing\./)],
  timeout: [faulty("timeout", 408, /"Model has timed out in processing the request\./)],
  "access-denied": [faulty("access-denied", 403, /"You don't have access to the model/)],
  "stream-error": [faulty("stream-error", 424, /"Bedrock is unable to process your request\."/)],
  "scripted-error": [
    toModel(micro, "converse", { messages }, /"Come back later\."/, { options: { faults: [scripted] }, status: 429 }),
  ],
  "unknown-fault": [faulty("nothing", 400, /"the fault 'nothing' is not known\. Use latency=ms/)],
};

/** A server that answers every request alike, for one attempt. */
const upstream = (status: number, body: string, message: RegExp): RefusalAttempt => ({
  ...toModel(micro, "converse", { messages }, message, { status: status === 200 ? 503 : 424 }),
  prepare: async () => {
    const server = createServer((_, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return {
      options: { upstream: { baseUrl: `http://127.0.0.1:${port}/v1` } },
      close: () => new Promise<void>((resolve) => server.close(() => resolve())),
    };
  },
});

export const upstreamAttempts: Record<IdsOf<typeof upstreamRefusal>, readonly RefusalAttempt[]> = {
  "upstream-empty": [upstream(200, '{"data":[]}', /lists no model: name one with --upstream-model/)],
  "upstream-lost": [
    toModel(micro, "converse", { messages }, /The upstream http:\/\/127\.0\.0\.1:1\/models cannot be reached/, {
      options: { upstream: { baseUrl: "http://127.0.0.1:1" } },
      status: 503,
    }),
  ],
  "upstream-refused": [upstream(418, "a teapot", /answered 418: a teapot/)],
};
