import { AwsAuthError } from "../aws-auth-error.ts";
import { present, processEnvironment } from "../environment.ts";

const VARIABLES = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"].flatMap((name) => [name, name.toLowerCase()]);

/** Whether any variable names a proxy, for whatever host. */
export function mayUseProxy(): boolean {
  return proxySettings().length > 0;
}

/**
 * The proxy for requests to an origin such as `https://host:443`, by the variables as every tool reads them; undefined for none. The
 * library that reads them is loaded only where one is set.
 * @throws AwsAuthError of kind `invalid-config` for a proxy that is neither HTTP nor HTTPS.
 */
export async function proxyFor(origin: string): Promise<string | undefined> {
  const settings = proxySettings();
  if (settings.length === 0) return undefined;
  const { getProxyForUrl } = await import("proxy-from-env");
  const proxy = getProxyForUrl(origin);
  if (!proxy) return undefined;
  // The library takes a bare host for a proxy behind TLS; curl and the AWS CLI take it for a plain one.
  const bare = settings.find((value) => proxy === `https://${value}`);
  return checked(bare ? `http://${bare}` : proxy);
}

/** A proxy as it may be shown: its user and password stay out. */
export function shownProxy(proxy: string): string {
  return URL.canParse(proxy) ? new URL(proxy).origin : "a malformed address";
}

function proxySettings(): string[] {
  const env = processEnvironment();
  return VARIABLES.map((name) => present(env[name])).filter((value) => value !== undefined);
}

function checked(proxy: string): string {
  if (URL.canParse(proxy) && /^https?:$/u.test(new URL(proxy).protocol)) return proxy;
  throw new AwsAuthError({
    kind: "invalid-config",
    problem: `The proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names is no HTTP proxy (${shownProxy(proxy)})`,
    fix: "Give one such as http://proxy.example.com:3128, or list the host in NO_PROXY",
  });
}
