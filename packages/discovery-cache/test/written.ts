import { createHash } from "node:crypto";

export const KEYS: readonly string[] = ["one", "two", "three"];

/** What the writers write. */
export interface Written {
  readonly by: string;
  readonly count: number;
  readonly text: string;
  /** Of the text. */
  readonly sha256: string;
}

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export function isWhole({ text, sha256: expected }: Written): boolean {
  return sha256(text) === expected;
}
