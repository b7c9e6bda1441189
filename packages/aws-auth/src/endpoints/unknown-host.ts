import { AwsAuthError } from "../aws-auth-error.ts";
import type { ResolvedRegion, SharedRequestHandler } from "../types.ts";
import { parseAwsHost } from "./aws-host.ts";

/**
 * The handler of a session as one view of it uses it: a host of AWS that does not exist is told as what it mostly is, a region
 * without the service. The region's source is the view's.
 */
export function namingRegion(handler: SharedRequestHandler, region: () => ResolvedRegion): SharedRequestHandler {
  return {
    metadata: handler.metadata,
    async handle(...args) {
      try {
        return await handler.handle(...args);
      } catch (error) {
        throw unknownHost(error, args[0].hostname, region) ?? error;
      }
    },
    destroy: () => handler.destroy(),
    updateHttpClientConfig: (key, value) => handler.updateHttpClientConfig(key, value),
    httpHandlerConfigs: () => handler.httpHandlerConfigs(),
  };
}

function unknownHost(error: unknown, hostname: string, region: () => ResolvedRegion): AwsAuthError | undefined {
  if (!(error instanceof Error && "code" in error && error.code === "ENOTFOUND")) return undefined;
  // Where a proxy is what cannot be found, the region is not to blame.
  if ("hostname" in error && error.hostname !== hostname) return undefined;
  const host = parseAwsHost(hostname);
  if (!host || host.privateLink) return undefined;
  const { name, source } = region();
  const from = name === host.region ? ` (${source})` : "";
  return new AwsAuthError({
    kind: "unreachable",
    problem:
      `The host ${hostname} does not exist: there is no AWS region ${host.region}${from}, ` +
      "Bedrock is not offered there, or names of the internet are not resolved here",
    fix: "Choose a region where Bedrock is offered (https://docs.aws.amazon.com/general/latest/gr/bedrock.html), or check DNS and HTTPS_PROXY",
  });
}
