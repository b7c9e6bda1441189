import type { AwsAuthErrorKind } from "../aws-auth-error.ts";
import type { BedrockService, CredentialDescription, ResolvedRegion } from "../types.ts";

/** Something that stands in the way, and what to do about it. */
export interface DiagnosedProblem {
  readonly area: "region" | "credentials" | "endpoint" | "clock";
  readonly kind: AwsAuthErrorKind;
  readonly problem: string;
  readonly fix: string;
}

/** A service's endpoint, and whether it answered. */
export interface DiagnosedEndpoint {
  readonly service: BedrockService;
  readonly url: string;
  /** The proxy on the way, without user and password. */
  readonly proxy: string | undefined;
  /** The status of its answer to an unsigned request, whatever it is; undefined where it was not asked or did not answer. */
  readonly status: number | undefined;
  /** Time to that answer in milliseconds. */
  readonly answeredInMs: number | undefined;
}

/** What a doctor says about a session. It holds no secret and can be printed as JSON. */
export interface Diagnosis {
  readonly ok: boolean;
  readonly region: ResolvedRegion | undefined;
  readonly credentials: CredentialDescription & {
    /** Whether they could be resolved; for a bearer token, whether it is one for the region and not over. */
    readonly resolved: boolean;
    readonly accessKeyId: string | undefined;
    readonly expiresAt: Date | undefined;
  };
  readonly endpoints: readonly DiagnosedEndpoint[];
  /** How far the local clock is ahead of AWS's (negative: behind), in milliseconds; undefined if no endpoint told the time. */
  readonly clockSkewMs: number | undefined;
  readonly problems: readonly DiagnosedProblem[];
}

/** A diagnosis in words, one line each, problems last with their fixes. */
export function formatDiagnosis({ region, credentials, endpoints, clockSkewMs, problems }: Diagnosis): string {
  const { source, why, resolved, accessKeyId, expiresAt } = credentials;
  const key = accessKeyId ? `, key ${accessKeyId}` : "";
  const end = expiresAt ? `, until ${expiresAt.toISOString()}` : "";
  return [
    `Region       ${region ? `${region.name} (${region.source})` : "none that can be used"}`,
    `Credentials  ${source}${resolved ? `: resolved${key}${end}` : ": not resolved"}`,
    `             ${why}`,
    ...endpoints.map((endpoint, at) => `${at === 0 ? "Endpoints  " : "           "}  ${words(endpoint)}`),
    `Clock        ${clockSkewMs === undefined ? "not compared" : clockWords(clockSkewMs)}`,
    problems.length === 0 ? "No problem was found." : `${problems.length} problem${problems.length > 1 ? "s" : ""}:`,
    ...problems.map(({ area, problem, fix }) => `- ${area}: ${problem} ${fix}`),
  ].join("\n");
}

function words({ service, url, proxy, status, answeredInMs }: DiagnosedEndpoint): string {
  const by = proxy ? ` through ${proxy}` : "";
  const answer = status === undefined ? "no answer" : `answers in ${answeredInMs} ms`;
  return `${service} ${url}${by}: ${answer}`;
}

function clockWords(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return seconds < 2 ? "agrees with AWS" : `${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} AWS`;
}
