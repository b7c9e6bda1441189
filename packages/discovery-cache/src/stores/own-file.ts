import { dirname } from "node:path";
import { fs } from "./file-system.ts";

/** A symbolic link is not followed and a pipe not waited for; Windows has neither flag. */
const READ = fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0);

/**
 * The text of a regular file of this user; undefined if there is none. At once and not in the background, where the same costs four
 * times the work: a list is read once in a process, and is small.
 *
 * @throws Error in one line for a file that cannot or must not be read.
 */
export function readOwnFile(path: string, maxBytes: number): string | undefined {
  let file: number | undefined;
  try {
    file = fs.openSync(path, READ);
    const stat = fs.fstatSync(file);
    if (!stat.isFile()) throw new Error("it is no regular file");
    if (process.getuid && stat.uid !== process.getuid()) throw new Error("it belongs to another user");
    if (stat.size > maxBytes) throw new Error(`it has ${stat.size} bytes, more than maxBytes`);
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    const why = codeOf(error) === "ELOOP" ? "it is a symbolic link" : codeOf(error);
    throw new Error(`The cache file ${path} is not read: ${why}. It counts as none; remove it if it stays.`, {
      cause: error,
    });
  } finally {
    if (file !== undefined) fs.closeSync(file);
  }
}

/**
 * Writes a file of mode 0600 so that whoever reads `path` finds all of the old or all of the new text, also after a crash of
 * this process or of the machine.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await fs.promises.writeFile(temporary, text, { mode: 0o600, flag: "wx", flush: true });
    await fs.promises.rename(temporary, path);
  } catch (error) {
    await fs.promises.rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/**
 * Makes a directory for this user alone, with those above it. Node's own `recursive` says ENOENT where the file system is
 * read-only.
 */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await fs.promises.mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) === "EEXIST") return;
    if (codeOf(error) !== "ENOENT" || dirname(path) === path) throw error;
    await makeDirectory(dirname(path));
    await makeDirectory(path);
  }
}

/** What to call an error of the file system: its code, else its message. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
