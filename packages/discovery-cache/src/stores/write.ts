// What a store needs only when it writes: a process that finds its list on disk loads none of it.
export { makeDirectory, replaceFile } from "./replace-file.ts";
export { sweep } from "./sweep.ts";
