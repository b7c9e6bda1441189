import { AwsAuthError } from "../aws-auth-error.ts";
import { type Environment, present } from "../environment.ts";
import type { SharedFiles } from "../shared-files/shared-files.ts";
import type { AwsSessionOptions, AwsViewOptions, BedrockService } from "../types.ts";
import { type AwsHost, parseAwsHost } from "./aws-host.ts";

/** A base URL somebody asked for. */
export interface CustomEndpoint {
  /** Without a trailing slash. */
  readonly url: string;
  /** The host taken apart, if it is one of AWS. */
  readonly host: AwsHost | undefined;
  /** Whether it is nothing but `https://host`. */
  readonly bare: boolean;
  /** Words for people: where it was set. */
  readonly source: string;
}

/** What decides about endpoints. The files are read only when nothing before them answers. */
export interface EndpointSources {
  readonly options: Pick<AwsSessionOptions, "endpoints" | "profile">;
  readonly view: Pick<AwsViewOptions, "endpoint">;
  readonly env: Environment;
  readonly files: () => SharedFiles;
}

/**
 * The custom endpoint of a service: the view's, the option's, then `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, and the
 * `endpoint_url` of the profile's `services` section and of the profile.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 * @throws AwsAuthError of kind `invalid-config` if it is not a usable base URL.
 */
export function customEndpoint(service: BedrockService, sources: EndpointSources): CustomEndpoint | undefined {
  const found = firstOf(candidates(service, sources));
  return found && checkedEndpoint(found.value, found.source);
}

/** Parses a base URL. @throws AwsAuthError of kind `invalid-config`. */
export function checkedEndpoint(value: string, source: string): CustomEndpoint {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const flaw = !url
    ? "is not a URL"
    : url.protocol !== "https:" && url.protocol !== "http:"
      ? "is neither https nor http"
      : url.username || url.password
        ? "carries a user name or password"
        : url.search || url.hash
          ? "carries a query or fragment"
          : undefined;
  if (!url || flaw) {
    // A URL with a password in it must not be repeated.
    const shown = url?.username || url?.password ? "" : ` "${value}"`;
    throw new AwsAuthError({
      kind: "invalid-config",
      problem: `The endpoint${shown} (${source}) ${flaw}`,
      fix: "Give a base URL such as https://bedrock-runtime.us-east-1.amazonaws.com",
    });
  }
  const bare = url.protocol === "https:" && url.port === "" && url.pathname === "/";
  return { url: url.href.replace(/\/+$/u, ""), host: parseAwsHost(url.hostname), bare, source };
}

interface Candidate {
  readonly value: string | undefined;
  readonly source: string;
}

function* candidates(service: BedrockService, { options, view, env, files }: EndpointSources): Generator<Candidate> {
  if (service === "bedrock-runtime") yield { value: view.endpoint, source: "option endpoint" };
  yield { value: options.endpoints?.[service], source: `option endpoints["${service}"]` };
  if (isTrue(env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"])) return;
  const variable = `AWS_ENDPOINT_URL_${service.toUpperCase().replaceAll("-", "_")}`;
  yield { value: env[variable], source: variable };
  yield { value: env["AWS_ENDPOINT_URL"], source: "AWS_ENDPOINT_URL" };
  const name = present(options.profile) ?? present(env["AWS_PROFILE"]) ?? "default";
  const profile = files().profile(name);
  if (!profile || isTrue(profile.get("ignore_configured_endpoint_urls"))) return;
  const services = profile.get("services");
  yield {
    value:
      services &&
      files()
        .services(services)
        ?.get(`${service.replaceAll("-", "_")}.endpoint_url`),
    source: `services "${services}"`,
  };
  yield { value: profile.get("endpoint_url"), source: `profile "${name}"` };
}

function firstOf(all: Iterable<Candidate>): { value: string; source: string } | undefined {
  for (const { value, source } of all) {
    const set = present(value);
    if (set) return { value: set, source };
  }
  return undefined;
}

export function isTrue(value: string | undefined): boolean {
  return value?.trim().toLowerCase() === "true";
}
