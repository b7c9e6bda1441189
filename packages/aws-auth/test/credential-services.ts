import type { IncomingMessage, ServerResponse } from "node:http";
import { type LocalServer, localServer } from "./local-server.ts";

/** How the services behave: as they should, slowly, giving what is over, or refusing. */
export type Mode = "ok" | "slow" | "expired" | "denied" | "absent";

export interface CredentialServices extends LocalServer {
  mode: Mode;
  /** How often credentials were given or refused. */
  asked: number;
}

export const CONTAINER_TOKEN = "container-auth-token";
const HOUR_MS = 3_600_000;

/** STS, the SSO portal, the container endpoint and IMDSv2 on one port. The key id counts: `AKIA1`, `AKIA2`. */
export async function credentialServices(): Promise<CredentialServices> {
  const state: { mode: Mode; asked: number } = { mode: "ok", asked: 0 };
  const server = await localServer(async (request, response) => {
    if (state.mode === "slow") await new Promise((resolve) => setTimeout(resolve, 250));
    route(request, response, state);
  });
  return Object.assign(state, server);
}

function route(request: IncomingMessage, response: ServerResponse, state: { mode: Mode; asked: number }): void {
  const { url = "", method, headers } = request;
  if (url.startsWith("/latest/")) {
    instanceMetadata(url, method, headers, response, state);
    return;
  }
  state.asked += 1;
  const { id, end } = issue(state);
  const record = {
    AccessKeyId: id,
    SecretAccessKey: "abc",
    Token: "t",
    SessionToken: "t",
    Expiration: end.toISOString(),
  };
  if (url.startsWith("/container")) {
    const known = headers.authorization === CONTAINER_TOKEN;
    if (state.mode === "absent") return void response.writeHead(404).end("{}");
    const denied = state.mode === "denied" || !known;
    return void response
      .writeHead(denied ? 403 : 200)
      .end(denied ? '{"code":"AccessDenied","message":"no"}' : JSON.stringify(record));
  }
  if (url.startsWith("/federation/credentials")) {
    if (state.mode === "denied") {
      response.writeHead(403, { "x-amzn-errortype": "ForbiddenException" });
      return void response.end('{"message":"No access"}');
    }
    const roleCredentials = { accessKeyId: id, secretAccessKey: "abc", sessionToken: "t", expiration: end.getTime() };
    return void response.end(JSON.stringify({ roleCredentials }));
  }
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => sts(body, { id, end: end.toISOString() }, response, state.mode));
}

function issue({ mode, asked }: { readonly mode: Mode; readonly asked: number }): {
  readonly id: string;
  readonly end: Date;
} {
  return { id: `AKIA${asked}`, end: new Date(Date.now() + (mode === "expired" ? -HOUR_MS : HOUR_MS)) };
}

function instanceMetadata(
  url: string,
  method: string | undefined,
  headers: IncomingMessage["headers"],
  response: ServerResponse,
  state: { mode: Mode; asked: number },
): void {
  if (url === "/latest/api/token") return void response.writeHead(method === "PUT" ? 200 : 405).end("imds-session");
  // The second version takes no request without a token of its own.
  if (headers["x-aws-ec2-metadata-token"] !== "imds-session") return void response.writeHead(401).end();
  if (state.mode === "absent") return void response.writeHead(404).end();
  if (state.mode === "denied") return void response.writeHead(403).end();
  if (url.endsWith("/security-credentials/")) return void response.end("the-role");
  state.asked += 1;
  const { id, end } = issue(state);
  const record = { Code: "Success", Type: "AWS-HMAC", LastUpdated: new Date().toISOString(), AccessKeyId: id };
  response.end(JSON.stringify({ ...record, SecretAccessKey: "abc", Token: "t", Expiration: end.toISOString() }));
}

function sts(
  body: string,
  { id, end }: { readonly id: string; readonly end: string },
  response: ServerResponse,
  mode: Mode,
): void {
  const action = new URLSearchParams(body).get("Action") ?? "";
  response.setHeader("content-type", "text/xml");
  if (mode === "denied") {
    return void response
      .writeHead(403)
      .end(
        `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized to perform: sts:${action}</Message></Error></ErrorResponse>`,
      );
  }
  response.end(
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>` +
      `<AccessKeyId>${id}</AccessKeyId><SecretAccessKey>abc</SecretAccessKey><SessionToken>t</SessionToken>` +
      `<Expiration>${end}</Expiration></Credentials></${action}Result></${action}Response>`,
  );
}
