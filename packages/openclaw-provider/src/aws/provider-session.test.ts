import { describe, expect, it } from "vitest";
import type { HostConfig, HostProviderSettings } from "../host-types.ts";
import { providerSession } from "./provider-session.ts";

const env = { HOME: "/nowhere", AWS_REGION: "us-east-1" };

function region(provider: string, entry: HostProviderSettings | undefined, baseUrl?: string): string {
  const config: HostConfig = entry ? { models: { providers: { [provider]: entry } } } : {};
  return providerSession({ config, provider, env, baseUrl, region: "eu-north-1" }).region.name;
}

describe.each(["amazon-bedrock", "amazon-bedrock-mantle"])("the region of %s", (provider) => {
  const host = provider.endsWith("mantle")
    ? "https://bedrock-mantle.us-west-2.api.aws/v1"
    : "https://bedrock-runtime.us-west-2.amazonaws.com";

  it("is the base URL's, then the entry's, then the plugin's", () => {
    expect(region(provider, { baseUrl: host, region: "eu-west-1" })).toBe("us-west-2");
    expect(region(provider, { region: "eu-west-1" }, host)).toBe("us-west-2");
    expect(region(provider, { region: "eu-west-1" })).toBe("eu-west-1");
    expect(region(provider, { region: "eu-west-1", baseUrl: "https://proxy.example.com" })).toBe("eu-west-1");
    expect(region(provider, undefined)).toBe("eu-north-1");
  });
});
