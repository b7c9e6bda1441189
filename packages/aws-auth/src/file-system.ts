/**
 * Node's file system. Not imported: the view that `import` makes of this module, export by export, takes longer (2 to 3 ms) than
 * the rest of this package.
 */
export const fs: typeof import("node:fs") = process.getBuiltinModule("node:fs");
