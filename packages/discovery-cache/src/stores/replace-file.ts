import { dirname } from "node:path";
import { fs } from "./file-system.ts";
import { codeOf } from "./own-file.ts";

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
