import { describe, expect, it } from "vitest";
import { mayDiscover } from "./gate.ts";

const settings = { region: undefined, refreshIntervalMs: 0 };
const keys = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "example" };

describe("mayDiscover", () => {
  it.each([
    [undefined, {}, false],
    [undefined, { AWS_REGION: "us-east-1" }, false],
    [undefined, { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE" }, false],
    [undefined, keys, true],
    [undefined, { AWS_PROFILE: "default" }, true],
    [undefined, { AWS_BEARER_TOKEN_BEDROCK: "t" }, true],
    [undefined, { AWS_BEARER_TOKEN_BEDROCK: " " }, false],
    [true, {}, true],
    [false, keys, false],
  ])("enabled %s with %j is %s", (enabled, env, expected) => {
    expect(mayDiscover({ ...settings, enabled }, env)).toBe(expected);
  });
});
