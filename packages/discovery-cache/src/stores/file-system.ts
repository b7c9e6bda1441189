/**
 * Node's file system. Not imported: the view that `import` makes of this module, export by export, takes longer (2 to 3 ms) than
 * all that a process does that finds its list on disk.
 */
export const fs: typeof import("node:fs") = process.getBuiltinModule("node:fs");
