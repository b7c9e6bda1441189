import type { Entry } from "./entry.ts";
import { listsModels, turn, valid } from "./try.ts";

const PROVIDER = `{
  models: {
    providers: {
      "amazon-bedrock-mantle": {
        baseUrl: "https://bedrock-mantle.us-east-1.api.aws/v1",
        api: "openai-completions",
        auth: "api-key",
        apiKey: "env:AWS_BEARER_TOKEN_BEDROCK",
        models: [
          {
            id: "gpt-oss-120b",
            name: "GPT-OSS 120B",
            reasoning: true,
            input: ["text"],
            cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
            contextWindow: 32000,
            maxTokens: 4096,
          },
        ],
      },
    },
  },
}`;

const GPT_OSS = "amazon-bedrock-mantle/openai.gpt-oss-120b";

/** What both states of the Mantle page tell. */
export const mantle: readonly Entry[] = [
  {
    title: "Mantle with a bearer token",
    page: "Amazon Bedrock Mantle",
    shell: `export AWS_BEARER_TOKEN_BEDROCK="..."
# Optional (defaults to us-east-1):
export AWS_REGION="us-west-2"
openclaw models list`,
    async attempt(trial) {
      const { host, bedrock } = trial;
      delete host.variables["AWS_ACCESS_KEY_ID"];
      delete host.variables["AWS_SECRET_ACCESS_KEY"];
      host.variables["AWS_BEARER_TOKEN_BEDROCK"] = bedrock.now.bearerToken;
      host.variables["AWS_REGION"] = "us-west-2";
      return {
        verdict: "works as written",
        seen: [await listsModels(trial, "amazon-bedrock-mantle"), await turn(trial, GPT_OSS)],
      };
    },
  },
  {
    title: "Mantle with IAM credentials",
    page: "Amazon Bedrock Mantle",
    shell: `export AWS_PROFILE="default"
export AWS_REGION="us-west-2"
openclaw models list`,
    async attempt(trial) {
      const { host, bedrock } = trial;
      delete host.variables["AWS_ACCESS_KEY_ID"];
      delete host.variables["AWS_SECRET_ACCESS_KEY"];
      Object.assign(host.variables, { AWS_PROFILE: "default", AWS_REGION: "us-west-2" });
      const seen = [await listsModels(trial, "amazon-bedrock-mantle"), await turn(trial, GPT_OSS)];
      const auth = bedrock.of("ChatCompletions").at(-1)?.auth;
      if (auth?.kind !== "bearer" || auth.accessKeyId === undefined) throw new Error("no minted token");
      return { verdict: "works as written", seen: [...seen, "The bearer token was minted from the profile's keys."] };
    },
  },
  {
    title: "A provider entry for Mantle",
    page: "Amazon Bedrock Mantle",
    config: PROVIDER,
    async attempt(trial) {
      const { host, bedrock } = trial;
      host.variables["AWS_BEARER_TOKEN_BEDROCK"] = bedrock.now.bearerToken;
      await trial.write(PROVIDER);
      const seen = [await valid(trial), await turn(trial, "amazon-bedrock-mantle/gpt-oss-120b")];
      return { verdict: "works as written", seen };
    },
  },
];
