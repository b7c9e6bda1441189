import { expect, it } from "vitest";
import { credentialMarker } from "./credential-marker.ts";

const bearer = { AWS_BEARER_TOKEN_BEDROCK: "t" };
const keys = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
const profile = { AWS_PROFILE: "p" };

it.each([
  [{}, undefined],
  [{ ...bearer, ...keys, ...profile }, "bearer"],
  [{ ...keys, ...profile }, "keys"],
  [profile, "profile"],
  [{ AWS_ACCESS_KEY_ID: "a" }, undefined],
  [{ AWS_BEARER_TOKEN_BEDROCK: " ", AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "", AWS_PROFILE: "  " }, undefined],
])("the marker of %j is %s", (env, marker) => {
  expect(credentialMarker(env)).toBe(marker);
});
