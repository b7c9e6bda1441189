import { randomBytes, randomUUID } from "node:crypto";
import type { Sessions } from "../auth/sessions.ts";

/** What the credential services of one emulator hold. */
export interface IdentityState {
  readonly sessions: Sessions;
  /** Seconds that credentials of the instance, the container and the SSO portal last. */
  readonly lifetimeSeconds: number;
  /** Role of the instance. */
  readonly roleName: string;
  /** The container's secret path segment and its authorization token. */
  readonly containerId: string;
  readonly containerToken: string;
  readonly webIdentityTokens: readonly string[];
  readonly ssoTokens: Set<string>;
  readonly ssoRefreshTokens: Set<string>;
  /** Metadata tokens and when they end, in milliseconds. */
  readonly metadataTokens: Map<string, number>;
}

export interface IdentityOptions {
  readonly sessions: Sessions;
  readonly lifetimeSeconds?: number;
  readonly webIdentityTokens?: readonly string[];
  readonly ssoTokens?: readonly string[];
}

export function createIdentityState(options: IdentityOptions): IdentityState {
  return {
    sessions: options.sessions,
    lifetimeSeconds: options.lifetimeSeconds ?? 3_600,
    roleName: "emulator-role",
    containerId: randomUUID(),
    containerToken: randomBytes(24).toString("base64url"),
    webIdentityTokens: options.webIdentityTokens ?? [randomBytes(48).toString("base64url")],
    ssoTokens: new Set(options.ssoTokens ?? [randomBytes(48).toString("base64url")]),
    ssoRefreshTokens: new Set([randomBytes(48).toString("base64url")]),
    metadataTokens: new Map(),
  };
}
