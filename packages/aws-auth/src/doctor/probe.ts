import { AwsAuthError } from "../aws-auth-error.ts";
import { proxyFor, shownProxy } from "../connections/proxy.ts";
import { redact } from "../redact.ts";
import type { BedrockService, SharedRequestHandler } from "../types.ts";
import type { DiagnosedEndpoint } from "./diagnosis.ts";

export interface Probe {
  readonly endpoint: DiagnosedEndpoint;
  /** By its `Date` header: local time less the server's, in milliseconds. */
  readonly clockSkewMs: number | undefined;
  readonly failure: AwsAuthError | undefined;
}

/** Asks an endpoint for anything at all, unsigned: every answer shows that it is there, and tells its time. */
export async function probe(
  service: BedrockService,
  url: string,
  handler: SharedRequestHandler,
  timeoutMs: number,
): Promise<Probe> {
  const { protocol, hostname, port, pathname, origin } = new URL(url);
  const began = Date.now();
  let proxy: string | undefined;
  try {
    const used = await proxyFor(origin);
    proxy = used && shownProxy(used);
    const { HttpRequest } = await import("@smithy/protocol-http");
    const request = new HttpRequest({
      ...{ protocol, hostname, method: "GET", path: pathname, headers: { accept: "*/*" } },
      ...(port && { port: Number(port) }),
    });
    const { response } = await handler.handle(request, { abortSignal: AbortSignal.timeout(timeoutMs) });
    const { Readable } = process.getBuiltinModule("node:stream");
    if (response.body instanceof Readable) response.body.resume();
    const ended = Date.now();
    const served = Date.parse(response.headers["date"] ?? "");
    // The header tells whole seconds; the middle of the way is the best guess for when it was written.
    const clockSkewMs = Number.isNaN(served) ? undefined : Math.round((began + ended) / 2 - served - 500);
    const endpoint = { service, url, proxy, status: response.statusCode, answeredInMs: ended - began };
    return { endpoint, clockSkewMs, failure: undefined };
  } catch (error) {
    const endpoint = { service, url, proxy, status: undefined, answeredInMs: undefined };
    return { endpoint, clockSkewMs: undefined, failure: explain(error, service, url, timeoutMs) };
  }
}

function explain(error: unknown, service: BedrockService, url: string, timeoutMs: number): AwsAuthError {
  if (error instanceof AwsAuthError) return error;
  const { hostname } = new URL(url);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = redact(error instanceof Error ? error.message : String(error));
  const fail = (problem: string, fix: string): AwsAuthError => new AwsAuthError({ kind: "unreachable", problem, fix });
  if (/ENOTFOUND|EAI_AGAIN/u.test(code)) {
    return fail(
      `The host of ${service}, ${hostname}, cannot be found: the region has no ${service}, or names are not resolved here`,
      "Choose a region where Bedrock is offered (https://docs.aws.amazon.com/general/latest/gr/bedrock.html), or check DNS and HTTPS_PROXY",
    );
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO/u.test(code)) {
    return fail(
      `The certificate of ${hostname} is not trusted (${code})`,
      "Let AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS name the certificate authority of your network",
    );
  }
  if (error instanceof Error && /AbortError|TimeoutError/u.test(error.name)) {
    return fail(
      `${service} at ${url} did not answer in ${timeoutMs} ms`,
      "Check network, firewall, HTTPS_PROXY and NO_PROXY",
    );
  }
  return fail(
    `${service} at ${url} cannot be reached: ${message}`,
    "Check the endpoint, network, HTTPS_PROXY and NO_PROXY",
  );
}
