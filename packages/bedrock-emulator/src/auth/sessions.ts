import { randomBytes } from "node:crypto";
import { type EmulatorCredentials, randomCredentials } from "./identities.ts";

/** Temporary credentials that the emulator gave out. */
export interface Session extends EmulatorCredentials {
  readonly sessionToken: string;
  readonly expiresAt: Date;
  /** Whom they stand for: `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
  readonly arn: string;
  /** `AROA…:<session>` */
  readonly userId: string;
}

/** The temporary credentials of one emulator. */
export interface Sessions {
  mint(role: string, name: string, seconds: number): Session;
  find(accessKeyId: string): Session | undefined;
}

export function createSessions(accountId: string, clock: () => Date): Sessions {
  const byKey = new Map<string, Session>();
  return {
    mint(role, name, seconds) {
      const { accessKeyId, secretAccessKey } = randomCredentials("ASIA");
      const session: Session = {
        accessKeyId,
        secretAccessKey,
        sessionToken: `IQoJ${randomBytes(192).toString("base64")}`,
        // Whole seconds, as the answers write them.
        expiresAt: new Date(Math.floor(clock().getTime() / 1000 + seconds) * 1000),
        arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${name}`,
        userId: `AROA${accessKeyId.slice(4)}:${name}`,
      };
      byKey.set(accessKeyId, session);
      return session;
    },
    find: (accessKeyId) => byKey.get(accessKeyId),
  };
}
