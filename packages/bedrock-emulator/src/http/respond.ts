import { randomUUID } from "node:crypto";
import type { Reply } from "./reply.ts";
import type { ServiceError } from "./service-error.ts";

const layerSuffix = {
  bedrock: "http://internal.amazon.com/coral/com.amazon.bedrock/",
  signature: "http://internal.amazon.com/coral/com.amazon.coral.service/",
  access: "http://internal.amazon.com/coral/com.amazon.coral.service/",
} as const;

/** Answers with JSON. `headers` come after the usual ones. */
export function sendJson(
  reply: Reply,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = Buffer.from(JSON.stringify(body));
  reply.begin(status, {
    "content-type": "application/json",
    "content-length": String(bytes.length),
    "x-amzn-RequestId": randomUUID(),
    ...headers,
  });
  reply.end(bytes);
}

/** Answers as the AWS surfaces refuse: the type in a header, the message in the body. */
export function sendServiceError(reply: Reply, error: ServiceError): void {
  const body = error.layer === "access" ? { Message: error.message } : { message: error.message };
  sendJson(reply, error.status, body, { "x-amzn-ErrorType": `${error.type}:${layerSuffix[error.layer]}` });
}
