// A process that writes lists into a store until it is killed: `writer.ts <directory> <name>`.
import { fileStore } from "../src/stores/file-store.ts";
import { KEYS, sha256, type Written } from "./written.ts";

const [, , directory = "", by = ""] = process.argv;
const store = fileStore({ directory });
process.once("disconnect", () => process.exit());
process.send?.("ready");
for (let count = 1; ; count++) {
  const text = `${by} ${count} `.repeat(1 + Math.floor(Math.random() * 20_000));
  const value: Written = { by, count, text, sha256: sha256(text) };
  await store.set(KEYS[count % KEYS.length] ?? "", { value, fetchedAt: Date.now() });
  process.send?.(count);
}
