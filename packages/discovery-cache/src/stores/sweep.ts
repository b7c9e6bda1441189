import { join } from "node:path";
import { fs } from "./file-system.ts";

/** Files of a store, of any version, and what was left of them. Others in the directory are nobody's business here. */
const OURS = /^[\da-f]{32}\.v\d+\.json(?:\.corrupt|\.[\da-f-]{36}\.tmp)?$/u;
/** No write takes as long: its process has ended. */
const ABANDONED_MS = 300_000;

/**
 * Removes what crashed writers left, and the oldest files until all together hold no more than `maxBytes`. `written` is the
 * newest, whatever the clock says.
 */
export async function sweep(directory: string, maxBytes: number, written: string): Promise<void> {
  const names = (await fs.promises.readdir(directory)).filter((name) => OURS.test(name));
  const files = (await Promise.all(names.map((name) => look(join(directory, name))))).filter(
    (file) => file !== undefined,
  );
  const age = ({ path, mtimeMs }: (typeof files)[number]): number =>
    path === written ? Number.NEGATIVE_INFINITY : -mtimeMs;
  let bytes = 0;
  for (const { path, size, mtimeMs } of files.sort((one, other) => age(one) - age(other))) {
    bytes += size;
    // A young one is being written by another process, and is about to be renamed.
    const removable = path.endsWith(".tmp") ? Math.abs(Date.now() - mtimeMs) > ABANDONED_MS : bytes > maxBytes;
    if (removable) await fs.promises.rm(path, { force: true });
  }
}

/** A file as it is now; undefined if another process has taken it away meanwhile. */
async function look(
  path: string,
): Promise<{ readonly path: string; readonly size: number; readonly mtimeMs: number } | undefined> {
  try {
    const { size, mtimeMs } = await fs.promises.lstat(path);
    return { path, size, mtimeMs };
  } catch {
    return undefined;
  }
}
