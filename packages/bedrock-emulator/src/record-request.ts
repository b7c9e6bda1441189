import { jsonBody, type Received } from "./http/received.ts";
import { decode, type Route } from "./http/routes.ts";
import { isJsonObject, stringAt } from "./json.ts";
import type { RequestRecord } from "./request-record.ts";

const secretHeaders = new Set(["authorization", "x-amz-security-token", "x-api-key"]);

/** The record of a request, before it is known how it ends. */
export function recordOf(received: Received, route: Route | undefined): RequestRecord {
  const body = jsonBody(received);
  const query = received.query.toString();
  const modelId = modelIdOf(route) ?? (isJsonObject(body) ? stringAt(body, "model") : undefined);
  return {
    method: received.method,
    path: decode(received.rawPath) + (query && `?${query}`),
    operation: route?.operation ?? "Unknown",
    ...(modelId !== undefined && { modelId }),
    ...(body !== undefined && { body }),
    headers: redacted(received),
    auth: { kind: "none" },
    status: 0,
  };
}

function modelIdOf(route: Route | undefined): string | undefined {
  return route?.surface === "runtime" && route.operation !== "ApplyGuardrail" ? route.parameters[0] : undefined;
}

function redacted(received: Received): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(received.headers)) {
    if (value === undefined) continue;
    const text = Array.isArray(value) ? value.join(", ") : value;
    headers[name] = secretHeaders.has(name)
      ? `${text.split(" ").length > 1 ? `${text.split(" ")[0]} ` : ""}[redacted]`
      : text;
  }
  return headers;
}
