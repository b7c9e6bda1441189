import type { AwsCredentialIdentity } from "@smithy/types";
import type { SharedRequestHandler } from "../types.ts";

export interface AccountQuestion {
  readonly credentials: AwsCredentialIdentity;
  readonly region: string;
  readonly requestHandler: SharedRequestHandler;
}

/**
 * The account of credentials: what their source said, else what STS answers, which needs no permission.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function accountOf({ credentials, region, requestHandler }: AccountQuestion): Promise<string> {
  if (credentials.accountId) return credentials.accountId;
  const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
  const client = new STSClient({ region, credentials, requestHandler });
  const { Account } = await client.send(new GetCallerIdentityCommand({}));
  if (Account) return Account;
  throw new Error("STS names no account for these credentials");
}
