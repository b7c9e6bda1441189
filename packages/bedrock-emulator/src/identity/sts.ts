import { randomUUID } from "node:crypto";
import { AuthFailure } from "../auth/auth-failure.ts";
import { authenticate } from "../auth/authenticate.ts";
import { authServiceError } from "../auth/refuse.ts";
import type { Session } from "../auth/sessions.ts";
import type { Received } from "../http/received.ts";
import type { Reply } from "../http/reply.ts";
import { ServiceError } from "../http/service-error.ts";
import type { EmulatorState } from "../state.ts";
import { IdentityError } from "./identity-error.ts";
import { identityRefusal } from "./identity-refusals.ts";
import { iso } from "./metadata.ts";

/**
 * AWS STS in its query protocol: AssumeRole, AssumeRoleWithWebIdentity and GetCallerIdentity
 * (https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html).
 */
export async function sts(received: Received, reply: Reply, state: EmulatorState): Promise<void> {
  try {
    const form = new URLSearchParams(received.body.toString("utf8"));
    const action = form.get("Action") ?? "";
    sendXml(
      reply,
      200,
      `<${action}Response ${namespace}>${await answer(action, form, received, state)}${metadata()}</${action}Response>`,
    );
  } catch (error) {
    const refusal = error instanceof AuthFailure ? authServiceError(error) : error;
    if (!(refusal instanceof ServiceError)) throw refusal;
    // STS has codes of its own for callers that it does not let in.
    const code = (error instanceof AuthFailure ? plainCodes[refusal.type] : undefined) ?? refusal.type;
    const text = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(refusal.message)}</Message></Error>`;
    const xml = `<ErrorResponse ${namespace}>${text}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
    throw new IdentityError(refusal.status, refusal.refusal, xml, { "content-type": "text/xml" });
  }
}

const namespace = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';
const plainCodes: Readonly<Record<string, string>> = {
  UnrecognizedClientException: "InvalidClientTokenId",
  ExpiredTokenException: "ExpiredToken",
  InvalidSignatureException: "SignatureDoesNotMatch",
  MissingAuthenticationTokenException: "MissingAuthenticationToken",
  IncompleteSignatureException: "IncompleteSignature",
};

async function answer(
  action: string,
  form: URLSearchParams,
  received: Received,
  state: EmulatorState,
): Promise<string> {
  switch (action) {
    case "GetCallerIdentity": {
      const caller = await signedBy(received, state);
      const session = state.identity.sessions.find(caller);
      const arn = session?.arn ?? `arn:aws:iam::${state.accountId}:user/emulator`;
      const userId = session?.userId ?? `AIDA${caller.slice(4)}`;
      return `<GetCallerIdentityResult><Arn>${arn}</Arn><UserId>${userId}</UserId><Account>${state.accountId}</Account></GetCallerIdentityResult>`;
    }
    case "AssumeRole":
      await signedBy(received, state);
      return `<AssumeRoleResult>${credentials(assume(form, state))}</AssumeRoleResult>`;
    case "AssumeRoleWithWebIdentity": {
      const token = form.get("WebIdentityToken") ?? "";
      checkWebIdentity(token, state);
      const subject = `<SubjectFromWebIdentityToken>emulator</SubjectFromWebIdentityToken>`;
      return `<AssumeRoleWithWebIdentityResult>${subject}${credentials(assume(form, state))}</AssumeRoleWithWebIdentityResult>`;
    }
    default:
      throw new ServiceError("InvalidAction", identityRefusal("sts-action", action), "bedrock", 400);
  }
}

async function signedBy(received: Received, state: EmulatorState): Promise<string> {
  const caller = await authenticate(received, {
    identities: state.identities,
    // The global endpoint of STS is signed for us-east-1.
    regions: [...state.regions, "us-east-1"],
    services: ["sts"],
    now: state.clock(),
  });
  if (caller.accessKeyId === undefined) throw new AuthFailure("missing", identityRefusal("sts-unsigned"));
  return caller.accessKeyId;
}

function assume(form: URLSearchParams, state: EmulatorState): Session {
  const arn = form.get("RoleArn") ?? "";
  const name = form.get("RoleSessionName") ?? "";
  const seconds = Number(form.get("DurationSeconds") ?? 3_600);
  const role = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]+)$/.exec(arn);
  if (!role) throw new ServiceError("ValidationError", identityRefusal("sts-role", arn), "bedrock", 400);
  if (!/^[\w+=,.@-]{2,64}$/.test(name))
    throw violation(name, "roleSessionName", "Member must satisfy regular expression pattern: [\\w+=,.@-]*");
  if (!(seconds >= 900))
    throw violation(String(seconds), "durationSeconds", "Member must have value greater than or equal to 900");
  if (seconds > 43_200)
    throw violation(String(seconds), "durationSeconds", "Member must have value less than or equal to 43200");
  if (role[1] !== state.accountId) {
    throw new ServiceError("AccessDenied", identityRefusal("sts-foreign-role", state.accountId, arn), "bedrock", 403);
  }
  return state.identity.sessions.mint(role[2] ?? "", name, seconds);
}

function violation(value: string, at: string, constraint: string): ServiceError {
  return new ServiceError("ValidationError", identityRefusal("sts-constraint", value, at, constraint), "bedrock", 400);
}

/** A token is one of those that were given, and not over if it is a JWT that says when it is. */
function checkWebIdentity(token: string, state: EmulatorState): void {
  if (!state.identity.webIdentityTokens.includes(token))
    throw new ServiceError("InvalidIdentityToken", identityRefusal("sts-web-identity"), "bedrock", 400);
  const expires = expiryOf(token);
  const now = Math.floor(state.clock().getTime() / 1000);
  if (expires !== undefined && expires < now) {
    throw new ServiceError(
      "ExpiredTokenException",
      identityRefusal("sts-web-identity-expired", now, expires),
      "bedrock",
      400,
    );
  }
}

function expiryOf(token: string): number | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null && "exp" in claims && typeof claims.exp === "number"
      ? claims.exp
      : undefined;
  } catch {
    return undefined;
  }
}

function credentials(session: Session): string {
  return (
    `<Credentials><AccessKeyId>${session.accessKeyId}</AccessKeyId><SecretAccessKey>${session.secretAccessKey}</SecretAccessKey>` +
    `<SessionToken>${session.sessionToken}</SessionToken><Expiration>${iso(session.expiresAt)}</Expiration></Credentials>` +
    `<AssumedRoleUser><Arn>${escapeXml(session.arn)}</Arn><AssumedRoleId>${escapeXml(session.userId)}</AssumedRoleId></AssumedRoleUser>`
  );
}

function metadata(): string {
  return `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function sendXml(reply: Reply, status: number, body: string): void {
  reply.begin(status, { "content-type": "text/xml", "x-amzn-RequestId": randomUUID() });
  reply.end(body);
}
