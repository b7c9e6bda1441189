import { join } from "node:path";
import { checkCount } from "../check-options.ts";
import type { CacheStore } from "../types.ts";
import { fs } from "./file-system.ts";
import { nameOf } from "./name-of.ts";
import { codeOf, makeDirectory, readOwnFile, replaceFile } from "./own-file.ts";
import { sweep } from "./sweep.ts";

export interface FileStoreOptions {
  /** The directory of the store; made, for this user alone, when the first list is written. */
  readonly directory: string;
  /** How many bytes all files of the store may hold together; the oldest go first. Default 32 MiB. */
  readonly maxBytes?: number | undefined;
}

/** Stands in the names and in the files; changes with their form, so that versions side by side do not read each other. */
const VERSION = 1;

interface StoredFile {
  readonly version: number;
  readonly key: string;
  readonly fetchedAt: number;
  readonly value: unknown;
}

/**
 * A store of files, one a key, that several processes may share. A file is written beside and renamed, so that a reader and a
 * crash find the old one or the new one, whole. Files are of mode 0600; one of another user, a link or a pipe is not read. A
 * file that cannot be understood is renamed to `….corrupt` and counts as none. Every failure is thrown as one line for people;
 * the cache reports it to `onStoreError` and goes on.
 *
 * @throws RangeError for a `maxBytes` below 1; TypeError without a directory.
 */
export function fileStore({ directory, maxBytes = 32 * 1024 * 1024 }: FileStoreOptions): CacheStore {
  if (!directory?.trim()) throw new TypeError("The option directory is empty. Give the path of the store's directory.");
  checkCount("maxBytes", maxBytes);
  const pathOf = (key: string): string => join(directory, `${nameOf(key)}.v${VERSION}.json`);

  return {
    async get(key) {
      const path = pathOf(key);
      const text = readOwnFile(path, maxBytes);
      if (text === undefined) return undefined;
      const stored = parse(text);
      if (stored?.key === key) return { value: stored.value, fetchedAt: stored.fetchedAt };
      const aside = `${path}.corrupt`;
      await fs.promises.rename(path, aside).catch(() => {});
      throw new Error(`The cache file ${path} is corrupt. It was set aside as ${aside} and counts as none.`);
    },

    async set(key, { value, fetchedAt }) {
      const path = pathOf(key);
      const stored: StoredFile = { version: VERSION, key, fetchedAt, value };
      const text = JSON.stringify(stored);
      const bytes = Buffer.byteLength(text);
      if (bytes > maxBytes) {
        throw new RangeError(
          `A list of ${bytes} bytes is not kept in ${directory}: it may hold ${maxBytes} (maxBytes).`,
        );
      }
      try {
        await makeDirectory(directory);
        await replaceFile(path, text);
      } catch (error) {
        throw new Error(
          `The cache file ${path} cannot be written (${codeOf(error)}). Lists are kept in memory only; free space or make the directory writable.`,
          { cause: error },
        );
      }
      await sweep(directory, maxBytes, path);
    },

    async delete(key) {
      await fs.promises.rm(pathOf(key), { force: true });
    },
  };
}

function parse(text: string): StoredFile | undefined {
  try {
    const stored: unknown = JSON.parse(text);
    return isStored(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

function isStored(stored: unknown): stored is StoredFile {
  if (typeof stored !== "object" || stored === null || !("value" in stored)) return false;
  const { version, key, fetchedAt } = stored as Partial<StoredFile>;
  return version === VERSION && typeof key === "string" && Number.isFinite(fetchedAt);
}
