import { AwsAuthError } from "../aws-auth-error.ts";
import type { AwsSession, BedrockService } from "../types.ts";
import type { DiagnosedEndpoint, DiagnosedProblem, Diagnosis } from "./diagnosis.ts";
import { type Probe, probe } from "./probe.ts";

export interface DiagnoseOptions {
  /** Whether the endpoints are asked if they are there. Default: true. */
  readonly probe?: boolean | undefined;
  /** Whether the instance metadata service may be asked. Default: as the session says. */
  readonly instanceMetadata?: boolean | undefined;
  /** How long an endpoint may take. Default: 5 seconds. */
  readonly timeoutMs?: number | undefined;
  /** How long the credentials may take to resolve. Default: 20 seconds. */
  readonly credentialsTimeoutMs?: number | undefined;
}

const SERVICES: readonly BedrockService[] = ["bedrock", "bedrock-runtime", "bedrock-mantle"];
/** AWS refuses signatures that are more than five minutes off. */
const SKEW_MS = 240_000;

/**
 * Examines a session: what is configured, what resolves and until when, whether each endpoint answers, and how far the clock is
 * off. Sends no signed request and no credentials to the endpoints. Never throws; what is wrong is in `problems`.
 */
export async function diagnose(session: AwsSession, options: DiagnoseOptions = {}): Promise<Diagnosis> {
  const { probe: asks = true, instanceMetadata, timeoutMs = 5000, credentialsTimeoutMs = 20_000 } = options;
  const problems: DiagnosedProblem[] = [];
  const note = (area: DiagnosedProblem["area"], error: unknown): undefined => {
    const { kind, problem, fix } = asAuthError(error);
    if (!problems.some((known) => known.problem === problem)) problems.push({ area, kind, problem, fix });
  };
  const attempt = <T>(area: DiagnosedProblem["area"], run: () => T): T | undefined => {
    try {
      return run();
    } catch (error) {
      return note(area, error);
    }
  };

  const region = attempt("region", () => session.region);
  const description = session.describe();
  const slow = tookTooLong(description.source, credentialsTimeoutMs);
  // Both at once; what is wrong with the credentials is told first.
  const probing = region ? examine(session, asks, timeoutMs) : Promise.resolve([]);
  const identity =
    region &&
    (await before(session.identity({ instanceMetadata }), credentialsTimeoutMs, slow).catch((error) =>
      note("credentials", error),
    ));
  const examined = await probing;
  const probes = examined.flatMap((each) => ("unusable" in each ? [] : [each]));
  for (const each of examined) {
    const failure = "unusable" in each ? each.unusable : each.failure;
    if (failure) note("endpoint", failure);
  }
  const skews = probes.map(({ clockSkewMs }) => clockSkewMs).filter((skew) => skew !== undefined);
  const clockSkewMs = skews.sort((one, other) => Math.abs(one) - Math.abs(other))[0];
  if (clockSkewMs !== undefined && Math.abs(clockSkewMs) > SKEW_MS) note("clock", clockError(clockSkewMs));
  return {
    ok: problems.length === 0,
    region,
    credentials: {
      ...description,
      resolved: identity !== undefined,
      accessKeyId: identity?.accessKeyId,
      expiresAt: identity?.expiresAt,
    },
    endpoints: probes.map(({ endpoint }) => endpoint),
    clockSkewMs,
    problems,
  };
}

/** An endpoint that is asked, or why its address cannot be used. */
type Examined = Probe | { readonly unusable: unknown };

async function examine(session: AwsSession, asks: boolean, timeoutMs: number): Promise<Examined[]> {
  return Promise.all(
    SERVICES.map(async (service): Promise<Examined> => {
      try {
        const url = session.endpoint(service);
        if (!asks) return { endpoint: unasked({ service, url }), clockSkewMs: undefined, failure: undefined };
        return await probe(service, url, session.clientConfig("bedrock").requestHandler, timeoutMs);
      } catch (error) {
        return { unusable: error };
      }
    }),
  );
}

/** The outcome, or the given error if it takes longer; what goes on is left behind. */
async function before<T>(outcome: Promise<T>, ms: number, late: AwsAuthError): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late), ms);
  try {
    return await Promise.race([outcome, promise]);
  } finally {
    clearTimeout(timer);
  }
}

function tookTooLong(source: string, ms: number): AwsAuthError {
  return new AwsAuthError({
    kind: "unreachable",
    problem: `The credentials of ${source} did not come within ${ms / 1000} s`,
    fix: "Look at what gives them: a process that waits for an answer, an SSO or a metadata service that does not answer",
  });
}

function unasked(place: Pick<DiagnosedEndpoint, "service" | "url">): DiagnosedEndpoint {
  return { ...place, proxy: undefined, status: undefined, answeredInMs: undefined };
}

function clockError(skewMs: number): AwsAuthError {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return new AwsAuthError({
    kind: "invalid-config",
    problem: `The clock of this machine is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} AWS's, which refuses signatures more than 300 s off`,
    fix: "Set the clock, best by NTP",
  });
}

function asAuthError(error: unknown): AwsAuthError {
  if (error instanceof AwsAuthError) return error;
  const problem = error instanceof Error ? error.message : String(error);
  return new AwsAuthError({ kind: "unreachable", problem, fix: "Check the settings of the session" });
}
