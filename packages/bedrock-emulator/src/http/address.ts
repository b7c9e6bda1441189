import type { IncomingHttpHeaders } from "node:http";

/**
 * Which of the two endpoints with an OpenAI surface a request is for: Mantle or the runtime; `either` where nothing says, and
 * then the model's id decides.
 */
export type OpenAiEndpoint = "mantle" | "runtime" | "either";

export interface Address {
  readonly endpoint: OpenAiEndpoint;
  /** The path without the prefix that chose the endpoint. */
  readonly path: string;
}

/**
 * Reads the endpoint off a request: the service's own host names decide, then a path prefix `/mantle` or `/runtime`, then
 * `otherwise`.
 */
export function addressOf(rawPath: string, headers: IncomingHttpHeaders, otherwise: OpenAiEndpoint): Address {
  const prefix = /^\/(mantle|runtime)(?=\/)/.exec(rawPath);
  const path = prefix ? rawPath.slice(prefix[0].length) : rawPath;
  const authority = headers[":authority"];
  const host = headers.host ?? (typeof authority === "string" ? authority : "");
  if (/^bedrock-mantle\.[a-z0-9-]+\.api\.aws(:\d+)?$/.test(host)) return { endpoint: "mantle", path };
  if (/^bedrock-runtime(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|api\.aws)(:\d+)?$/.test(host))
    return { endpoint: "runtime", path };
  if (prefix) return { endpoint: prefix[1] === "mantle" ? "mantle" : "runtime", path };
  return { endpoint: otherwise, path };
}
