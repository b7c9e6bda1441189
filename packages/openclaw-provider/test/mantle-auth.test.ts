import { describe, expect, it } from "vitest";
import type { PreparedRuntimeAuth, RuntimeAuthContext } from "../src/host-types.ts";
import { emulated } from "./emulated.ts";
import { registered } from "./registered.ts";

describe("a Mantle request's auth", () => {
  const world = emulated();

  async function prepared(changes: Partial<RuntimeAuthContext> = {}): Promise<PreparedRuntimeAuth> {
    const provider = "amazon-bedrock-mantle";
    const modelId = "openai.gpt-oss-120b";
    const { mantle } = registered();
    const model = mantle.resolveDynamicModel?.({ provider, modelId }) ?? {};
    const auth = await mantle.prepareRuntimeAuth?.({
      ...{ provider, modelId, model, env: world.bedrock.env, apiKey: "AKIASOMETHING", ...changes },
    });
    if (!auth) throw new Error("no auth was prepared");
    return auth;
  }

  async function accepted({ apiKey, baseUrl }: PreparedRuntimeAuth): Promise<boolean> {
    const response = await fetch(`${baseUrl}/models`, { headers: { authorization: `Bearer ${apiKey}` } });
    return response.ok;
  }

  it("is a token minted from the credentials, whatever the host took for a key", async () => {
    for (const apiKey of ["AKIASOMETHING", "default", "aws-shared-files", "env:AWS_BEARER_TOKEN_BEDROCK"]) {
      const auth = await prepared({ apiKey });
      expect(auth.apiKey).not.toBe(apiKey);
      expect(auth.baseUrl).toBe(`${world.bedrock.url}/v1`);
      expect(auth.expiresAt).toBeGreaterThan(Date.now() + 30 * 60_000);
      expect(await accepted(auth)).toBe(true);
    }
  });

  it("is the key of the environment if there is one", async () => {
    const { bearerToken, env } = world.bedrock;
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...rest } = env;
    process.env["AWS_BEARER_TOKEN_BEDROCK"] = bearerToken;
    const auth = await prepared({
      apiKey: "env:AWS_BEARER_TOKEN_BEDROCK",
      env: { ...rest, AWS_BEARER_TOKEN_BEDROCK: bearerToken },
    });
    delete process.env["AWS_BEARER_TOKEN_BEDROCK"];
    expect(auth.apiKey).toBe(bearerToken);
    expect(await accepted(auth)).toBe(true);
  });

  it("is a Bedrock API key of the configuration, as it is", async () => {
    const apiKey = `ABSK${Buffer.from("BedrockAPIKey-test:secret").toString("base64")}`;
    expect((await prepared({ apiKey })).apiKey).toBe(apiKey);
  });

  it("leaves an address that is not AWS's alone", async () => {
    const auth = await prepared({ model: { baseUrl: "https://proxy.example.com/bedrock/v1" } });
    expect(auth.baseUrl).toBeUndefined();
  });

  it("goes to the route of the model", async () => {
    expect((await prepared({ modelId: "openai.gpt-5.4" })).baseUrl).toBe(`${world.bedrock.url}/openai/v1`);
  });
});
