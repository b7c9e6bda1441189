import type { Refusal } from "../refusals/refusal-table.ts";

/** Why a caller is turned away; each surface has its own words and status for it. */
export type AuthFailureKind =
  | "missing"
  | "malformed"
  | "unknown-key"
  | "session-token"
  | "expired"
  | "clock"
  | "signature"
  | "service"
  | "region"
  | "bearer"
  | "bearer-expired";

/** Thrown when a request's signature or bearer token does not hold. Its message is safe to show: it holds no secret. */
export class AuthFailure extends Error {
  override readonly name = "AuthFailure";
  readonly kind: AuthFailureKind;
  readonly refusal: Refusal;

  constructor(kind: AuthFailureKind, refusal: Refusal) {
    super(refusal.message);
    this.kind = kind;
    this.refusal = refusal;
  }
}
