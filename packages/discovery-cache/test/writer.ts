// A process that writes lists into a store until it is killed: `writer.ts <directory> <name>`.
import { createHash } from "node:crypto";
import { fileStore } from "../src/stores/file-store.ts";

export const KEYS: readonly string[] = ["one", "two", "three"];

export interface Written {
  readonly by: string;
  readonly count: number;
  readonly text: string;
  /** Of the text: whether a value is whole. */
  readonly sha256: string;
}

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const [, script, directory, by] = process.argv;
if (script === import.meta.filename && directory !== undefined && by !== undefined) {
  const store = fileStore({ directory });
  process.once("disconnect", () => process.exit());
  process.send?.("ready");
  for (let count = 1; ; count++) {
    const text = `${by} ${count} `.repeat(1 + Math.floor(Math.random() * 20_000));
    const value: Written = { by, count, text, sha256: sha256(text) };
    await store.set(KEYS[count % KEYS.length] ?? "", { value, fetchedAt: Date.now() });
    process.send?.(count);
  }
}
