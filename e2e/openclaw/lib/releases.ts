import { fileURLToPath } from "node:url";

/** A release of OpenClaw that the plugin is tested in. */
export interface Release {
  readonly version: string;
  /** Where it is installed, from a lockfile of its own. */
  readonly folder: string;
  /** Whether `agent exec --json` tells the cost of a turn. */
  readonly tellsCost: boolean;
}

export const FOLDER: string = fileURLToPath(new URL("..", import.meta.url));

export const NEWEST: Release = {
  version: "2026.9.6",
  folder: FOLDER,
  tellsCost: true,
};

/** The oldest that takes the plugin; its peer range begins here. */
export const OLDEST: Release = {
  version: "2026.8.1",
  folder: fileURLToPath(new URL("../hosts/2026.8.1", import.meta.url)),
  tellsCost: false,
};
