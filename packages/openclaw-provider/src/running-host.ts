import type { HostApi, HostConfig, HostLogger } from "./host-types.ts";

/** The host this plugin runs in, for hooks that need more than their context. */
export interface RunningHost {
  readonly logger: HostLogger;
  /** Undefined where the host does not say. */
  readonly version: () => string | undefined;
  /** The folder of the host's state; undefined where the host has none. */
  readonly stateDir: () => string | undefined;
  /** The config as it is now, however old the given one is: a change in a running Gateway holds for the next turn. */
  readonly config: (given: HostConfig | undefined) => HostConfig | undefined;
}

/** Asks the host lazily: some of its commands register plugins without a runtime. */
export function runningHost({ logger, runtime }: Pick<HostApi, "logger" | "runtime">): RunningHost {
  return {
    logger,
    version: () => attempt(() => runtime.version),
    stateDir: () => attempt(() => runtime.state.resolveStateDir()),
    config: (given) => attempt(() => runtime.config.current()) ?? given,
  };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
