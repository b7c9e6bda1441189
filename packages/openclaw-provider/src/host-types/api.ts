import type { HostConfig } from "./config.ts";
import type { HostEmbeddingAdapter } from "./embeddings.ts";
import type { HostProvider } from "./provider.ts";

export interface HostLogger {
  info: (message: string) => void;
  warn: (message: string) => void;
}

/** Helpers of the running host; a CLI that only reads the plugin's description may not have them. */
export interface HostRuntime {
  version: string;
  config: { current: () => HostConfig };
  state: { resolveStateDir: () => string };
}

/** A command line of the host, as far as `commander` is used here. */
export interface HostCommand {
  command(nameAndArguments: string): HostCommand;
  description(text: string): HostCommand;
  option(flags: string, description: string): HostCommand;
  action(run: (options: Readonly<Record<string, string | boolean | undefined>>) => Promise<void>): HostCommand;
}

export interface HostCliContext {
  program: HostCommand;
  config: HostConfig;
}

export interface HostCliOptions {
  descriptors: { name: string; description: string; hasSubcommands: boolean }[];
}

/** What the host gives to `register`. */
export interface HostApi {
  logger: HostLogger;
  runtime: HostRuntime;
  registerCli: (registrar: (ctx: HostCliContext) => void, options: HostCliOptions) => void;
  registerProvider: (provider: HostProvider) => void;
  registerEmbeddingProvider: (adapter: HostEmbeddingAdapter) => void;
}
