/** The entry OpenClaw loads for `doctor --fix`, without the plugin itself. */
export { normalizeCompatibilityConfig } from "./setup/config-repair.ts";
