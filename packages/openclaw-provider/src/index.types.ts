/** What `index.ts` exports, written without what stands behind it: the declarations of the package are made of this. */
export * as default from "./plugin.types.ts";
