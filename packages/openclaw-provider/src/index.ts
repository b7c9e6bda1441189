/** The entry OpenClaw loads: it takes the default export's `register`. */
export * as default from "./plugin.ts";
