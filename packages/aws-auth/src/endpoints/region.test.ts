import { describe, expect, it } from "vitest";
import { cleanEnvironment, setEnv, writeShared } from "../../test/clean-environment.ts";
import { awsSession } from "../session.ts";

cleanEnvironment();

const credentials = { accessKeyId: "AKIA", secretAccessKey: "abc" };

describe("region", () => {
  it("is the first of option, ARN, endpoint host, AWS_REGION, AWS_DEFAULT_REGION, profile, us-east-1", () => {
    const region = (options = {}, view = {}): string[] => {
      const { name, source } = awsSession({ credentials, ...options }).in(view).region;
      return [name, source];
    };
    expect(region()).toEqual(["us-east-1", "default"]);
    writeShared({ config: "[default]\nregion = sa-east-1\n[profile work]\nregion = ca-central-1\n" });
    expect(region()).toEqual(["sa-east-1", 'profile "default"']);
    setEnv({ AWS_PROFILE: "work" });
    expect(region()).toEqual(["ca-central-1", 'profile "work"']);
    expect(region({ profile: "default" })).toEqual(["sa-east-1", 'profile "default"']);
    setEnv({ AWS_DEFAULT_REGION: "eu-west-2" });
    expect(region()).toEqual(["eu-west-2", "AWS_DEFAULT_REGION"]);
    setEnv({ AWS_REGION: " eu-west-1 " });
    expect(region()).toEqual(["eu-west-1", "AWS_REGION"]);
    const endpoints = { "bedrock-runtime": "https://bedrock-runtime.eu-north-1.amazonaws.com" };
    expect(region({ endpoints })[0]).toBe("eu-north-1");
    expect(region({ endpoints })[1]).toContain('option endpoints["bedrock-runtime"]');
    expect(region({ endpoints }, { arnRegion: "eu-west-3" })).toEqual(["eu-west-3", "the model's ARN"]);
    expect(region({ endpoints, region: "us-west-2" }, { arnRegion: "eu-west-3" })).toEqual([
      "us-west-2",
      "option region",
    ]);
  });

  it.each(["", "   "])("falls through a blank variable %j", (blank) => {
    setEnv({ AWS_REGION: blank, AWS_DEFAULT_REGION: "ap-northeast-1" });
    expect(awsSession({ credentials }).region.name).toBe("ap-northeast-1");
  });

  it("takes a profile's region from the credentials file before the configuration file, as the SDK does", () => {
    writeShared({ config: "[default]\nregion = sa-east-1\n", credentials: "[default]\nregion = eu-west-1\n" });
    expect(awsSession({ credentials }).region.name).toBe("eu-west-1");
  });

  it.each([
    ["https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1"],
    ["https://bedrock-runtime.cn-north-1.amazonaws.com.cn", "cn-north-1"],
    ["https://bedrock-runtime.eu-west-1.api.aws", "eu-west-1"],
    ["https://bedrock-runtime.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"],
    ["https://vpce-0abc-1def.bedrock-runtime.eu-west-1.vpce.amazonaws.com", "eu-west-1"],
    ["https://vpce-0abc-1def-eu-west-1a.bedrock-runtime.eu-west-1.vpce.amazonaws.com", "eu-west-1"],
    ["https://us-west-2.example.com", "us-east-1"],
    ["http://localhost:4566", "us-east-1"],
  ])("is read from %s as %s", (endpoint, region) => {
    expect(awsSession({ credentials }).in({ endpoint }).region.name).toBe(region);
  });
});
