import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { HostStreamFn, HostStreamOptions, PreparedRuntimeAuth, RuntimeAuthContext } from "../src/host-types.ts";
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

  it("is made anew where Mantle refused it, for that turn and for the next", async () => {
    const first = await prepared();
    // A token tells when it was made, by the second.
    await wait(1100);
    const tokens: (string | undefined)[] = [];
    const streamFn = async (_model: unknown, _context: unknown, { apiKey }: HostStreamOptions<unknown>) => {
      tokens.push(apiKey);
      const refused = { stopReason: "error", errorMessage: "401 Invalid bearer token" };
      const event = tokens.length === 1 ? { type: "error", error: refused } : { type: "done", message: {} };
      return {
        async *[Symbol.asyncIterator]() {
          yield event;
        },
        result: async () => event,
      };
    };
    const context = { provider: "amazon-bedrock-mantle", modelId: "openai.gpt-oss-120b", streamFn };
    const call = registered().mantle.wrapStreamFn?.(context) as HostStreamFn;
    const turn = { id: context.modelId, provider: context.provider };
    const stream = await call(turn, { messages: [] }, { apiKey: first.apiKey });
    const events: string[] = [];
    for await (const { type } of stream) events.push(type);
    expect(events).toEqual(["done"]);
    expect(tokens).toEqual([first.apiKey, expect.stringMatching(/^bedrock-api-key-/u)]);
    expect(tokens[1]).not.toBe(first.apiKey);
    const next = await prepared();
    expect(next.apiKey).toBe(tokens[1]);
    expect(await accepted(next)).toBe(true);
  });
});
