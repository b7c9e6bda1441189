import type { Entry } from "./entry.ts";
import { fix, listsModels, refusal, turn, turnOrReason, valid } from "./try.ts";

const DISCOVERY = `{
  models: {
    bedrockDiscovery: {
      enabled: true,
      region: "us-east-1",
      providerFilter: [], // optional: limit to specific model providers
      refreshInterval: 3600, // seconds between model list refresh
      defaultContextWindow: 32000,
      defaultMaxTokens: 4096,
    },
  },
}`;

const DEFAULT_MODEL = `{
  model: "us.anthropic.claude-sonnet-4-6-20251001-v1:0",
  models: {
    bedrockDiscovery: {
      enabled: true,
      region: "us-east-1",
    },
  },
}`;

const MODELS = [
  "us.anthropic.claude-sonnet-4-6-20251001-v1:0",
  "us.anthropic.claude-haiku-4-5-20251001-v1:0",
  "us.meta.llama3-3-70b-instruct-v1:0",
  "mistral.mistral-large-2407-v1:0",
];

/** The id AWS lists for the first of them. */
const SONNET = "us.anthropic.claude-sonnet-4-6";

/** What the older state of the Bedrock page tells. */
export const older: readonly Entry[] = [
  {
    title: "Discovery settings under models",
    page: "Amazon Bedrock, older",
    config: DISCOVERY,
    async attempt(trial) {
      await trial.write(DISCOVERY);
      await refusal(trial);
      const before = await trial.written("models", "bedrockDiscovery");
      await fix(trial);
      const after = await trial.written("plugins", "entries", "amazon-bedrock", "config");
      return {
        verdict: "migrated",
        before: { models: { bedrockDiscovery: before } },
        after: { plugins: { entries: { "amazon-bedrock": { config: after } } } },
        seen: [await valid(trial), await listsModels(trial, "amazon-bedrock")],
      };
    },
  },
  {
    title: "The default model at the top of the config",
    page: "Amazon Bedrock, older",
    config: DEFAULT_MODEL,
    async attempt(trial) {
      await trial.write("{ agents: { defaults: { model: undefined } } }");
      await trial.write(DEFAULT_MODEL);
      await refusal(trial);
      const before = { model: await trial.written("model"), models: await trial.written("models") };
      await fix(trial);
      return {
        verdict: "migrated",
        before,
        after: {
          agents: { defaults: { model: await trial.written("agents", "defaults", "model") } },
          plugins: {
            entries: {
              "amazon-bedrock": { config: await trial.written("plugins", "entries", "amazon-bedrock", "config") },
            },
          },
        },
        seen: [await valid(trial), await turn(trial)],
      };
    },
  },
  {
    title: "The models of the table, by their ids",
    page: "Amazon Bedrock, older",
    shell: MODELS.map((id) => `openclaw agent exec "Hello" --model amazon-bedrock/${id}`).join("\n"),
    async attempt(trial) {
      const seen: string[] = [];
      const reasons: string[] = [];
      for (const id of MODELS) {
        const came = await turnOrReason(trial, `amazon-bedrock/${id}`);
        if ("seen" in came) seen.push(came.seen);
        else reasons.push(came.reason);
      }
      if (reasons.length === 0) return { verdict: "works as written", seen };
      seen.push(await turn(trial, `amazon-bedrock/${SONNET}`));
      return {
        verdict: "impossible on this host",
        message: reasons.join("\n"),
        instead: `openclaw agent exec "Hello" --model amazon-bedrock/${SONNET}`,
        language: "bash",
        seen,
      };
    },
  },
  {
    title: "Verify the connection",
    page: "Amazon Bedrock, older",
    shell: "openclaw models status --probe-provider bedrock",
    async attempt(trial) {
      const { host, plain } = trial;
      await trial.write('{ agents: { defaults: { model: { primary: "amazon-bedrock/us.amazon.nova-lite-v1:0" } } } }');
      const written = await host.cli(["models", "status", "--probe-provider", "bedrock"]);
      if (trial.requests().length > 0) throw new Error(`the host probes now: ${trial.requests().join()}`);
      const reason = /Reason: (.*)/u.exec(written.stderr)?.[1];
      const message = reason ? plain(reason) : "(Nothing: it prints its status and probes nothing.)";
      const probed = await host.cli(["models", "status", "--probe", "--probe-provider", "amazon-bedrock"]);
      if (!/\bok\b/u.test(probed.stdout)) throw new Error(probed.stdout + probed.stderr);
      return {
        verdict: "impossible on this host",
        message,
        instead: "openclaw models status --probe --probe-provider amazon-bedrock",
        language: "bash",
        seen: [
          `It probes by a real turn: \`${trial.requests().findLast((request) => request.startsWith("ConverseStream"))}\`.`,
        ],
      };
    },
  },
];
