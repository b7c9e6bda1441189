import { jsonBody, type Received } from "./http/received.ts";
import { decode, type Route } from "./http/routes.ts";
import { isJsonObject, stringAt } from "./json.ts";
import type { RequestRecord } from "./request-record.ts";

const secretHeaders = new Set([
  "authorization",
  "x-amz-security-token",
  "x-api-key",
  "x-amz-sso_bearer_token",
  "x-aws-ec2-metadata-token",
]);

/** The record of a request, before it is known how it ends. */
export function recordOf(received: Received, route: Route | undefined): RequestRecord {
  const body = jsonBody(received);
  const query = received.query.toString();
  const modelId = modelIdOf(route) ?? (isJsonObject(body) ? stringAt(body, "model") : undefined);
  return {
    method: received.method,
    path: secretPath(decode(received.rawPath)) + (query && `?${query}`),
    operation: operationOf(received, route),
    ...(modelId !== undefined && { modelId }),
    ...(body !== undefined && { body }),
    headers: redacted(received),
    auth: { kind: "none" },
    status: 0,
  };
}

/** STS names its operation in the body. */
function operationOf(received: Received, route: Route | undefined): string {
  if (route?.operation !== "STS") return route?.operation ?? "Unknown";
  return new URLSearchParams(received.body.toString("utf8")).get("Action") ?? "Unknown";
}

/** The path to a container's credentials is a secret. */
function secretPath(path: string): string {
  return path.replace(/^(\/v2\/credentials\/).*/, "$1[redacted]");
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
