/** Registers the plugin as the host does, uses the hooks that every command uses, and prints what was loaded for it. */
import { registerHooks } from "node:module";
import type { HostApi, HostProvider } from "../src/host-types.ts";

const loaded: string[] = [];
registerHooks({
  load(url, context, next) {
    loaded.push(url);
    return next(url, context);
  },
});

const providers: HostProvider[] = [];
const api: HostApi = {
  logger: { info: () => undefined, warn: () => undefined },
  runtime: {
    version: "2026.9.6",
    config: { current: () => ({}) },
    state: { resolveStateDir: () => "/nowhere" },
  },
  registerCli: () => undefined,
  registerProvider: (provider) => void providers.push(provider),
  registerEmbeddingProvider: () => undefined,
};
const { default: plugin } = await import("../src/index.ts");
plugin.register(api);
const id = "us.anthropic.claude-opus-4-7";
for (const provider of providers) {
  provider.resolveDynamicModel?.({ provider: provider.id, modelId: id });
  provider.resolveThinkingProfile?.({ provider: provider.id, modelId: id });
  provider.buildReplayPolicy?.({ provider: provider.id, modelId: id });
  provider.classifyFailoverReason?.({ errorMessage: "Too many requests" });
  provider.createStreamFn?.({ provider: provider.id, modelId: id });
}
const before = [...loaded];
for (const provider of providers) await provider.catalog?.run({ config: {}, env: {} });
console.log(JSON.stringify({ providers: providers.map((provider) => provider.id), before, after: loaded }));
