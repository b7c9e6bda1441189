import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Signs thoughts, so that one that comes back can be told from one that the emulator never had. */
export interface ThinkingSigner {
  /** The signature of a text; always the same one. */
  sign(text: string): string;
  /** Whether a signature was given by this signer, for whatever text. */
  issued(signature: string): boolean;
}

const digestLength = 32;

/** Signatures in base64: the text's digest, and an HMAC over that with a secret of this emulator. */
export function thinkingSigner(secret: Uint8Array): ThinkingSigner {
  const seal = (digest: Uint8Array): Buffer =>
    Buffer.concat([digest, createHmac("sha512", secret).update(digest).digest()]);
  return {
    sign: (text) => seal(createHash("sha256").update(text).digest()).toString("base64"),
    issued(signature) {
      const bytes = Buffer.from(signature, "base64");
      const expected = seal(bytes.subarray(0, digestLength));
      return bytes.length === expected.length && timingSafeEqual(bytes, expected);
    },
  };
}
