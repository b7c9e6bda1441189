import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startGateway } from "../lib/gateway.ts";
import { at } from "../lib/json.ts";
import { run } from "../lib/processes.ts";
import type { Entry } from "./entry.ts";
import { fix, listed, listsModels, refusal, turn, valid } from "./try.ts";

const KEYS = `export AWS_ACCESS_KEY_ID="AKIA..."
export AWS_SECRET_ACCESS_KEY="..."
export AWS_REGION="us-east-1"
# Optional:
export AWS_SESSION_TOKEN="..."
export AWS_PROFILE="your-profile"
# Optional (Bedrock API key/bearer token):
export AWS_BEARER_TOKEN_BEDROCK="..."`;

const PROVIDER = `{
  models: {
    providers: {
      "amazon-bedrock": {
        baseUrl: "https://bedrock-runtime.us-east-1.amazonaws.com",
        api: "bedrock-converse-stream",
        auth: "aws-sdk",
        models: [
          {
            id: "us.anthropic.claude-opus-4-6-v1:0",
            name: "Claude Opus 4.6 (Bedrock)",
            reasoning: true,
            input: ["text", "image"],
            cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
            contextWindow: 200000,
            maxTokens: 8192,
          },
        ],
      },
    },
  },
  agents: {
    defaults: {
      model: { primary: "amazon-bedrock/us.anthropic.claude-opus-4-6-v1:0" },
    },
  },
}`;

const DISCOVERY = `{
  plugins: {
    entries: {
      "amazon-bedrock": {
        config: {
          discovery: {
            enabled: true,
            region: "us-east-1",
            providerFilter: ["anthropic", "amazon"],
            refreshInterval: 3600,
            defaultContextWindow: 32000,
            defaultMaxTokens: 4096,
          },
        },
      },
    },
  },
}`;

const GUARDRAIL = `{
  plugins: {
    entries: {
      "amazon-bedrock": {
        config: {
          guardrail: {
            guardrailIdentifier: "abc123", // guardrail ID or full ARN
            guardrailVersion: "1", // version number or "DRAFT"
            streamProcessingMode: "sync", // optional: "sync" or "async"
            trace: "enabled", // optional: "enabled", "disabled", or "enabled_full"
          },
        },
      },
    },
  },
}`;

const MEMORY = `{
  agents: {
    defaults: {
      memorySearch: {
        provider: "bedrock",
        model: "amazon.titan-embed-text-v2:0", // default
      },
    },
  },
}`;

const CONFIG_SET = `openclaw config set plugins.entries.amazon-bedrock.config.discovery.enabled true
openclaw config set plugins.entries.amazon-bedrock.config.discovery.region us-east-1`;

const STATUS = `export AWS_PROFILE=default
export AWS_REGION=us-east-1
openclaw status`;

const NOVA = "amazon-bedrock/us.amazon.nova-lite-v1:0";

/** What the newer states of the Bedrock page tell. */
export const converse: readonly Entry[] = [
  {
    title: "Credentials in the environment",
    page: "Amazon Bedrock",
    shell: KEYS,
    async attempt(trial) {
      const { host, bedrock } = trial;
      const seen = [await listsModels(trial, "amazon-bedrock", "amazon-bedrock-mantle"), await turn(trial, NOVA)];
      host.variables["AWS_PROFILE"] = "your-profile";
      seen.push(`${await turn(trial, NOVA)} (with AWS_PROFILE beside the keys)`);
      host.variables["AWS_BEARER_TOKEN_BEDROCK"] = bedrock.now.bearerToken;
      await turn(trial, NOVA);
      if (bedrock.requests.at(-1)?.auth.kind !== "bearer") throw new Error("the bearer token was not used");
      seen.push("With AWS_BEARER_TOKEN_BEDROCK set the turn carries that token, before keys and profile.");
      return { verdict: "works as written", seen };
    },
  },
  {
    title: "A provider entry and the default model",
    page: "Amazon Bedrock",
    config: PROVIDER,
    async attempt(trial) {
      await trial.write(PROVIDER);
      return { verdict: "works as written", seen: [await valid(trial), await turn(trial)] };
    },
  },
  {
    title: "List the models",
    page: "Amazon Bedrock",
    shell: "openclaw models list",
    async attempt(trial) {
      const { said } = await listed(trial);
      await using _gateway = await startGateway(trial.host);
      const { keys } = await listed(trial);
      // The default model is listed without being discovered.
      const discovered = keys.filter((key) => key !== NOVA);
      if (!["amazon-bedrock/", "amazon-bedrock-mantle/"].every((id) => discovered.some((key) => key.startsWith(id))))
        throw new Error(`the Gateway lists ${keys.join(" ")}`);
      return {
        verdict: "works as written",
        seen: [
          "With the Gateway running it shows the discovered models of both providers.",
          `Without one the host says: \`${said}\``,
        ],
      };
    },
  },
  {
    title: "Discovery on an instance role",
    page: "Amazon Bedrock",
    shell: CONFIG_SET,
    async attempt(trial) {
      const { host, bedrock } = trial;
      delete host.variables["AWS_ACCESS_KEY_ID"];
      delete host.variables["AWS_SECRET_ACCESS_KEY"];
      Object.assign(host.variables, bedrock.now.sources.instance);
      await host.configure({ agents: { defaults: { model: { primary: NOVA } } } });
      for (const line of CONFIG_SET.split("\n")) {
        const set = await host.cli(line.split(" ").slice(1));
        if (set.code !== 0) throw new Error(set.stdout + set.stderr);
      }
      return {
        verdict: "works as written",
        seen: [await listsModels(trial, "amazon-bedrock"), await turn(trial), "Neither a variable nor a key is set."],
      };
    },
  },
  {
    title: "Markers for auto mode",
    page: "Amazon Bedrock",
    shell: `echo 'export AWS_PROFILE=default' >> ~/.bashrc
echo 'export AWS_REGION=us-east-1' >> ~/.bashrc
source ~/.bashrc`,
    async attempt(trial) {
      const { host } = trial;
      const home = join(host.workspace, "../home");
      const ran = await run("bash", ["-c", `${this.shell}\necho "$AWS_PROFILE $AWS_REGION"`], {
        env: { HOME: home, PATH: "/usr/bin:/bin" },
        timeoutMs: 60_000,
      });
      const [profile, region] = ran.stdout.trim().split(" ");
      if (!profile || !region) throw new Error(ran.stdout + ran.stderr);
      delete host.variables["AWS_ACCESS_KEY_ID"];
      delete host.variables["AWS_SECRET_ACCESS_KEY"];
      Object.assign(host.variables, { AWS_PROFILE: profile, AWS_REGION: region });
      return {
        verdict: "works as written",
        seen: [await listsModels(trial, "amazon-bedrock", "amazon-bedrock-mantle"), await turn(trial, NOVA)],
      };
    },
  },
  {
    title: "A marker for the status commands",
    page: "Amazon Bedrock",
    shell: STATUS,
    async attempt(trial) {
      const { host } = trial;
      delete host.variables["AWS_ACCESS_KEY_ID"];
      delete host.variables["AWS_SECRET_ACCESS_KEY"];
      Object.assign(host.variables, { AWS_PROFILE: "default", AWS_REGION: "us-east-1" });
      const status = await host.cli(["status"]);
      if (status.code !== 0) throw new Error(status.stdout + status.stderr);
      const models = await host.cli(["models", "status"]);
      const source = /amazon-bedrock .*source=(env: AWS_PROFILE)/u.exec(models.stdout)?.[1];
      if (!source) throw new Error(models.stdout + models.stderr);
      return {
        verdict: "works as written",
        seen: [
          `\`openclaw models status\` names the source of the credentials: \`${source}\`.`,
          await turn(trial, NOVA),
        ],
      };
    },
  },
  {
    title: "Discovery settings",
    page: "Amazon Bedrock",
    config: DISCOVERY,
    async attempt(trial) {
      await trial.write(DISCOVERY);
      const seen = [await valid(trial)];
      const { keys } = await listed(trial, "--refresh", "--provider", "amazon-bedrock");
      const others = keys.filter(
        (key) => !/anthropic|amazon\.|application-inference-profile/u.test(key.slice("amazon-bedrock/".length)),
      );
      if (keys.length === 0 || others.length > 0) throw new Error(`providerFilter lets through ${others.join(" ")}`);
      return { verdict: "works as written", seen: [...seen, "Only models of the two vendors are listed."] };
    },
  },
  {
    title: "A guardrail",
    page: "Amazon Bedrock",
    config: GUARDRAIL,
    async attempt(trial) {
      await trial.write(GUARDRAIL);
      const seen = [await valid(trial), await turn(trial, NOVA)];
      const sent = at(trial.bedrock.requests.at(-1)?.body, "guardrailConfig");
      if (at(sent, "guardrailIdentifier") !== "abc123") throw new Error(`sent was ${JSON.stringify(sent)}`);
      return { verdict: "works as written", seen: [...seen, `Sent with it: \`${JSON.stringify(sent)}\`.`] };
    },
  },
  {
    title: "Embeddings for memory search",
    page: "Amazon Bedrock",
    config: MEMORY,
    async attempt(trial) {
      const { host } = trial;
      await trial.write(MEMORY);
      await refusal(trial);
      const before = await trial.written("agents", "defaults", "memorySearch");
      await fix(trial);
      const after = await trial.written("memory", "search");
      await mkdir(join(host.workspace, "memory"), { recursive: true });
      await writeFile(join(host.workspace, "memory/garden.md"), "# Garden\n\nThe tomatoes need water twice a day.\n");
      const indexed = await host.cli(["memory", "index", "--force"]);
      if (!trial.requests().some((request) => request.startsWith("InvokeModel amazon.titan-embed-text-v2:0 200"))) {
        throw new Error(`nothing was embedded: ${indexed.stdout}${indexed.stderr}`);
      }
      return {
        verdict: "migrated",
        before: { agents: { defaults: { memorySearch: before } } },
        after: { memory: { search: after } },
        seen: ["`openclaw memory index --force` then embeds with `amazon.titan-embed-text-v2:0`."],
      };
    },
  },
];
