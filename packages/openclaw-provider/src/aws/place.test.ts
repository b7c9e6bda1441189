import { awsSession } from "@clawrock/aws-auth";
import { describe, expect, it } from "vitest";
import { UNPLACED } from "../ids.ts";
import { placed, regionOf } from "./place.ts";

const env = { HOME: "/nowhere", AWS_REGION: "eu-north-1" };
const session = awsSession({ env });

function at(baseUrl: string | undefined, region?: string): [string, string] {
  const view = placed(session, { baseUrl, region });
  return [view.region.name, view.endpoint("bedrock-runtime")];
}

describe("placed", () => {
  it("leaves a model without a base URL to the session, or to the configured region", () => {
    for (const baseUrl of [undefined, "", UNPLACED]) {
      expect(at(baseUrl)).toEqual(["eu-north-1", "https://bedrock-runtime.eu-north-1.amazonaws.com"]);
      expect(at(baseUrl, "us-west-2")).toEqual(["us-west-2", "https://bedrock-runtime.us-west-2.amazonaws.com"]);
    }
  });

  it("takes only the region from a standard host", () => {
    const standard = "https://bedrock-runtime.us-east-1.amazonaws.com";
    expect(at(standard, "us-west-2")).toEqual(["us-east-1", standard]);
    const moved = placed(session, { baseUrl: standard }).in({ arnRegion: "eu-west-1" });
    expect(moved.endpoint("bedrock-runtime")).toBe("https://bedrock-runtime.eu-west-1.amazonaws.com");
  });

  it("leaves the endpoint variables of the SDK their effect beside a standard host", () => {
    const elsewhere = awsSession({ env: { ...env, AWS_ENDPOINT_URL_BEDROCK_RUNTIME: "http://127.0.0.1:8080" } });
    const view = placed(elsewhere, { baseUrl: "https://bedrock-runtime.us-east-1.amazonaws.com" });
    expect([view.region.name, view.endpoint("bedrock-runtime")]).toEqual(["us-east-1", "http://127.0.0.1:8080"]);
  });

  it("keeps what is special about a host of AWS", () => {
    const fips = "https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com";
    expect(at(fips)).toEqual(["us-gov-west-1", fips]);
  });

  it("goes to any other host, signing for the configured region", () => {
    expect(at("http://127.0.0.1:8080/", "ap-south-1")).toEqual(["ap-south-1", "http://127.0.0.1:8080"]);
    expect(at("http://127.0.0.1:8080/")).toEqual(["eu-north-1", "http://127.0.0.1:8080"]);
  });
});

describe("regionOf", () => {
  it.each([
    ["https://bedrock-mantle.us-east-2.api.aws/v1", "us-east-2"],
    ["https://bedrock-runtime.cn-north-1.amazonaws.com.cn", "cn-north-1"],
    ["https://proxy.example.com/v1", undefined],
    ["not a url", undefined],
    [UNPLACED, undefined],
  ])("of %s is %s", (url, region) => {
    expect(regionOf(url)).toBe(region);
  });
});
