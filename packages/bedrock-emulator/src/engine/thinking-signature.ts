import { createHmac } from "node:crypto";

/** Signs a thought, so that it can be told from one that the emulator never had. */
export type SignThinking = (text: string) => string;

/** Signatures in base64 over the text, with a secret of this emulator. */
export function thinkingSigner(secret: Uint8Array): SignThinking {
  return (text) => {
    const digest = createHmac("sha512", secret).update(text).digest();
    return Buffer.concat([Buffer.from([0x12, 0x40]), digest, digest.subarray(0, 30)]).toString("base64");
  };
}
