/** The entry OpenClaw loads for `doctor --fix`, without the plugin itself: it takes the default export's `register`. */
export * as default from "./setup/setup.ts";
