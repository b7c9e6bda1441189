/** Node's view of the operating system, loaded only where no environment variable tells: like the file system's, an import costs. */
export function os(): typeof import("node:os") {
  return process.getBuiltinModule("node:os");
}
