import { parseKnownFiles } from "@smithy/shared-ini-file-loader";
import fc from "fast-check";
import { expect, it } from "vitest";
import { cleanEnvironment, writeShared } from "../../test/clean-environment.ts";
import { parseSharedFile } from "./parse-shared-file.ts";
import { readSharedFiles } from "./shared-files.ts";

cleanEnvironment();

it("reads profiles, sessions, services and nested settings", () => {
  const file = parseSharedFile(
    [
      "# a comment",
      "[default]",
      "region = eu-west-1 ; trailing",
      '[profile "work"]',
      "sso_start_url = https://x.awsapps.com/start#/",
      "s3 =",
      "  max_concurrent_requests = 20",
      "output=json",
      "[services local]",
      "bedrock_runtime =",
      "\tendpoint_url = http://localhost:1",
      "[sso-session corp]",
      "sso_region = us-east-1",
      "[unheard-of thing]",
      "region = us-west-1",
    ].join("\r\n"),
  );
  expect(Object.fromEntries([...file].map(([name, settings]) => [name, Object.fromEntries(settings)]))).toEqual({
    default: { region: "eu-west-1" },
    "profile.work": {
      sso_start_url: "https://x.awsapps.com/start#/",
      "s3.max_concurrent_requests": "20",
      output: "json",
    },
    "services.local": { "bedrock_runtime.endpoint_url": "http://localhost:1" },
    "sso-session.corp": { sso_region: "us-east-1" },
  });
});

const NAMES = ["default", "work", "a.b", "x@y", "two words", "services"];
const SETTINGS = ["region", "aws_access_key_id", "source_profile", "s3", "endpoint_url"];
const line = fc.oneof(
  fc.constantFrom(...NAMES).map((name) => `[${name}]`),
  fc.constantFrom(...NAMES).map((name) => `[profile ${name}]`),
  fc.constantFrom(...NAMES).map((name) => `[profile "${name}"]`),
  fc.constantFrom("[sso-session corp]", "[services s]", "[odd thing]", "[ spaced ]", "[]", "[open", "# x", ";y", ""),
  fc
    .tuple(
      fc.constantFrom("", " ", "\t", "  "),
      fc.constantFrom(...SETTINGS),
      fc.constantFrom("=", " = ", "= ", ""),
      fc.constantFrom("", "v", "eu-west-1", "a=b", "v # comment", "v#kept", "v ;c", '"quoted"'),
    )
    .map((parts) => parts.join("")),
);
const text = fc.array(line, { maxLength: 14 }).map((lines) => lines.join("\n"));

it("finds in every file the profiles and settings that the AWS SDK finds", async () => {
  await fc.assert(
    fc.asyncProperty(text, text, async (config, credentials) => {
      writeShared({ config, credentials });
      const theirs = await parseKnownFiles({ ignoreCache: true });
      const ours = readSharedFiles();
      for (const name of NAMES) {
        const profile = ours.profile(name);
        expect(profile && Object.fromEntries(profile)).toEqual(theirs[name]);
      }
    }),
    { numRuns: 400 },
  );
});
