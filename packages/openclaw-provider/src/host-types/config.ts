/** The parts of `openclaw.json` that are read here. Everything in it was validated by the host, nothing is trusted. */
export interface HostConfig {
  plugins?: { entries?: Record<string, { config?: unknown }> | undefined } | undefined;
  models?: { providers?: Record<string, HostProviderSettings> | undefined } | undefined;
}

/** `models.providers.<id>` as far as it is read here. */
export interface HostProviderSettings {
  api?: string | undefined;
  baseUrl?: string | undefined;
  region?: string | undefined;
  /** What the host leaves to provider plugins. */
  params?: Record<string, unknown> | undefined;
}

export type HostEnv = Readonly<Record<string, string | undefined>>;
