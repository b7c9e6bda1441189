import type { identityRefusal } from "../../src/identity/identity-refusals.ts";
import type { IdsOf } from "../../src/refusals/tables.ts";
import { attempt, type PlainRequest, type RefusalAttempt, toSts } from "./attempt.ts";

const role = { RoleArn: "arn:aws:iam::123456789012:role/emulator", RoleSessionName: "session", Version: "2011-06-15" };
const web = { Action: "AssumeRoleWithWebIdentity", ...role, WebIdentityToken: "token" };
const over = `e30.${Buffer.from(JSON.stringify({ exp: 1 })).toString("base64url")}.x`;
const sts = (form: Readonly<Record<string, string>>, status: number, message: RegExp): RefusalAttempt => ({
  ...toSts(form, status, message),
  options: { webIdentityTokens: ["token", over] },
});
const plain = (path: string, request: PlainRequest, status: number, message: RegExp) =>
  attempt(path, { anonymous: true, ...request }, status, message);
const portal = "/federation/credentials?role_name=r&account_id=123456789012";
const token = (body: unknown, message: RegExp) => plain("/token", { body }, 400, message);
const client = { clientId: "c", clientSecret: "s" };

export const credentialAttempts: Record<IdsOf<typeof identityRefusal>, readonly RefusalAttempt[]> = {
  "metadata-token-seconds": [
    plain("/latest/api/token", { method: "PUT" }, 400, /^Bad Request$/),
    plain(
      "/latest/api/token",
      { method: "PUT", headers: { "x-aws-ec2-metadata-token-ttl-seconds": "21601" } },
      400,
      /^Bad Request$/,
    ),
  ],
  "metadata-token": [
    plain("/latest/meta-data/iam/security-credentials/", {}, 401, /^Unauthorized$/),
    plain(
      "/latest/meta-data/placement/region",
      { headers: { "x-aws-ec2-metadata-token": "x" } },
      401,
      /^Unauthorized$/,
    ),
  ],
  "metadata-role": [
    {
      status: 404,
      message: /^Not Found$/,
      send: async (emulator) => {
        const ttl = { "x-aws-ec2-metadata-token-ttl-seconds": "60" };
        const given = await plain("/latest/api/token", { method: "PUT", headers: ttl }, 200, /./).send(emulator);
        const headers = { "x-aws-ec2-metadata-token": given.message };
        return plain("/latest/meta-data/iam/security-credentials/other", { headers }, 404, /./).send(emulator);
      },
    },
  ],
  "container-token": [
    plain("/v1/credentials", {}, 401, /authorization token of the container/),
    plain("/v2/credentials/other", {}, 401, /authorization token of the container/),
  ],
  "sts-action": [sts({ Action: "Nothing" }, 400, /<Code>InvalidAction<\/Code>.*Could not find operation Nothing/)],
  "sts-unsigned": [attempt("/", { body: "Action=GetCallerIdentity" }, 403, /<Code>MissingAuthenticationToken<\/Code>/)],
  "sts-role": [sts({ ...web, RoleArn: "x" }, 400, /x is invalid/)],
  "sts-constraint": [
    sts({ ...web, DurationSeconds: "60" }, 400, /greater than or equal to 900/),
    sts({ ...web, DurationSeconds: "50000" }, 400, /less than or equal to 43200/),
    sts({ ...web, DurationSeconds: "x" }, 400, /greater than or equal to 900/),
    sts({ ...web, RoleSessionName: "?" }, 400, /roleSessionName/),
  ],
  "sts-foreign-role": [sts({ ...web, RoleArn: "arn:aws:iam::999999999999:role/x" }, 403, /not authorized/)],
  "sts-web-identity": [sts({ ...web, WebIdentityToken: "other" }, 400, /not a valid JWT/)],
  "sts-web-identity-expired": [sts({ ...web, WebIdentityToken: over }, 400, /Token expired/)],
  "sso-parameters": [plain("/federation/credentials", {}, 400, /role_name and account_id are required/)],
  "sso-session": [
    plain(portal, {}, 401, /Session token not found or invalid/),
    plain(portal, { headers: { "x-amz-sso_bearer_token": "x" } }, 401, /Session token not found or invalid/),
  ],
  "sso-account": [
    {
      status: 403,
      message: /No access/,
      send: (emulator) => {
        const headers = { "x-amz-sso_bearer_token": emulator.sources.ssoToken };
        return plain(portal.replace("123456789012", "999999999999"), { headers }, 403, /./).send(emulator);
      },
    },
  ],
  "oidc-parameter": [token({}, /"invalid_request".*clientId/), token("x", /"invalid_request"/)],
  "oidc-grant": [token({ ...client, grantType: "device" }, /"unsupported_grant_type"/)],
  "oidc-refresh-token": [token({ ...client, grantType: "refresh_token", refreshToken: "x" }, /"invalid_grant"/)],
};
