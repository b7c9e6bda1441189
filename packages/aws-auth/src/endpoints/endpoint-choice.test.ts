import { BedrockClient } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, it } from "vitest";
import { cleanEnvironment, setEnv, writeShared } from "../../test/clean-environment.ts";
import { awsSession } from "../session.ts";

cleanEnvironment();

const credentials = { accessKeyId: "AKIA", secretAccessKey: "abc" };
const REGIONS = [
  ...["us-east-1", "eu-central-2", "ap-southeast-7", "mx-central-1", "il-central-1", "us-gov-east-1", "cn-northwest-1"],
  ...["eusc-de-east-1", "us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "us-isof-south-1"],
];

/** The base URL the SDK's own endpoint rules give. */
function bySdk(service: "bedrock" | "bedrock-runtime", region: string, fips: boolean, dualStack: boolean): string {
  const client = new (service === "bedrock" ? BedrockClient : BedrockRuntimeClient)({ region });
  const { url } = client.config.endpointProvider({ Region: region, UseFIPS: fips, UseDualStack: dualStack });
  return url.href.replace(/\/$/u, "");
}

describe("endpoint", () => {
  it.each(REGIONS)("is the SDK's own in %s, with FIPS and dual-stack too", (region) => {
    for (const fips of [false, true]) {
      for (const dualStack of [false, true]) {
        setEnv({ AWS_USE_FIPS_ENDPOINT: `${fips}`, AWS_USE_DUALSTACK_ENDPOINT: `${dualStack}` });
        const session = awsSession({ credentials, region });
        for (const service of ["bedrock", "bedrock-runtime"] as const) {
          expect(session.endpoint(service)).toBe(bySdk(service, region, fips, dualStack));
          const { endpoint, useFipsEndpoint, useDualstackEndpoint } = session.clientConfig(service);
          expect({ endpoint, useFipsEndpoint, useDualstackEndpoint }).toEqual({
            endpoint: undefined,
            useFipsEndpoint: fips,
            useDualstackEndpoint: dualStack,
          });
        }
      }
    }
  });

  it("of Mantle is on the dual-stack domain", () => {
    expect(awsSession({ credentials, region: "eu-west-1" }).endpoint("bedrock-mantle")).toBe(
      "https://bedrock-mantle.eu-west-1.api.aws",
    );
  });

  it("of Mantle follows its own variable, then the general one", () => {
    setEnv({ AWS_ENDPOINT_URL: "http://localhost:1/" });
    expect(awsSession({ credentials }).endpoint("bedrock-mantle")).toBe("http://localhost:1");
    setEnv({ AWS_ENDPOINT_URL_BEDROCK_MANTLE: "http://localhost:2/base/" });
    expect(awsSession({ credentials }).endpoint("bedrock-mantle")).toBe("http://localhost:2/base");
    expect(awsSession({ credentials }).endpoint("bedrock")).toBe("http://localhost:1");
  });

  it("follows the services section and endpoint_url of the profile", () => {
    writeShared({
      config:
        "[profile local]\nservices = local\nendpoint_url = http://localhost:3\n" +
        "[services local]\nbedrock_runtime =\n  endpoint_url = http://localhost:4\n",
    });
    const session = awsSession({ credentials, profile: "local" });
    expect(session.endpoint("bedrock-runtime")).toBe("http://localhost:4");
    expect(session.endpoint("bedrock")).toBe("http://localhost:3");
    setEnv({ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" });
    expect(session.endpoint("bedrock")).toBe("https://bedrock.us-east-1.amazonaws.com");
  });

  it("is not pinned by the ordinary host of a region, so that an ARN's region and FIPS keep their effect", () => {
    setEnv({ AWS_USE_FIPS_ENDPOINT: "true" });
    const view = awsSession({ credentials }).in({
      endpoint: "https://bedrock-runtime.us-east-1.amazonaws.com",
      arnRegion: "eu-west-1",
    });
    expect(view.endpoint("bedrock-runtime")).toBe("https://bedrock-runtime-fips.eu-west-1.amazonaws.com");
    expect(view.clientConfig("bedrock-runtime")).toMatchObject({ region: "eu-west-1", useFipsEndpoint: true });
  });

  it.each([
    ["https://bedrock-runtime-fips.us-east-1.amazonaws.com", "https://bedrock-runtime-fips.us-west-2.amazonaws.com"],
    ["https://bedrock-runtime.us-east-1.api.aws", "https://bedrock-runtime.us-west-2.api.aws"],
    [
      "https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com",
      "https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com",
    ],
    ["https://gateway.example.com/aws", "https://gateway.example.com/aws"],
  ])("%s becomes %s for a model of us-west-2", (endpoint, expected) => {
    const config = awsSession({ credentials }).in({ endpoint, arnRegion: "us-west-2" }).clientConfig("bedrock-runtime");
    expect(config).toMatchObject({ region: "us-west-2", endpoint: expected, useFipsEndpoint: false });
  });

  it("goes to China under .cn", () => {
    const { region } = awsSession({ credentials }).in({ arnRegion: "cn-north-1" }).clientConfig("bedrock-runtime");
    expect(region).toBe("cn-north-1");
    expect(awsSession({ credentials, region }).endpoint("bedrock-runtime")).toBe(
      "https://bedrock-runtime.cn-north-1.amazonaws.com.cn",
    );
  });
});
