import { type AwsSession, awsSession } from "@clawrock/aws-auth";
import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import { regionOf } from "../aws/place.ts";
import { providerSession } from "../aws/provider-session.ts";
import { providerEntry } from "../config/provider-entry.ts";
import { settingsOf } from "../config/settings.ts";
import type { PreparedRuntimeAuth, RuntimeAuthContext } from "../host-types.ts";
import { UNPLACED } from "../ids.ts";
import { mantleRoute } from "../models/mantle-route.ts";

/**
 * The bearer token and address of one Mantle request. What the host found as a key is only used if it is a Bedrock API key;
 * otherwise it is the name of a profile, an access key's id, a marker, or the literal `env:AWS_BEARER_TOKEN_BEDROCK` of the
 * documentation, and the session knows better: its given token, or one minted from its credentials.
 * `fresh` makes a new token, as after one was refused; one that was given stays what it is.
 * @throws AwsAuthError, e.g. of kind `no-credentials`.
 */
export async function mantleAuth(context: RuntimeAuthContext, fresh = false): Promise<PreparedRuntimeAuth> {
  const { mantle } = settingsOf(context.config);
  const baseUrl = context.model.baseUrl ?? UNPLACED;
  const session = sessionOf(context, mantle.region);
  const { token, expiresAt } = await session.bearerToken({ fresh });
  const elsewhere = baseUrl !== UNPLACED && regionOf(baseUrl) === undefined;
  return {
    apiKey: token,
    ...(!elsewhere && { baseUrl: mantleUrl(session, context) }),
    ...(expiresAt && { expiresAt: expiresAt.getTime() }),
  };
}

/** How Bedrock API keys begin. https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-how.html */
const API_KEY = /^(?:ABSK|bedrock-api-key-)/u;

function sessionOf(
  { apiKey, env, config, provider, model }: RuntimeAuthContext,
  region: string | undefined,
): AwsSession {
  const own = API_KEY.test(apiKey) && apiKey !== env["AWS_BEARER_TOKEN_BEDROCK"]?.trim();
  if (!own) return providerSession({ config, provider, env, baseUrl: model.baseUrl, region });
  const named = model.baseUrl && regionOf(model.baseUrl);
  return awsSession({ bearerToken: apiKey, env, region: named || providerEntry(config, provider).region || region });
}

function mantleUrl(session: AwsSession, { model, modelId }: RuntimeAuthContext): string {
  const path =
    model.baseUrl && model.baseUrl !== UNPLACED
      ? new URL(model.baseUrl).pathname.replace(/\/+$/u, "")
      : mantleRoute(capabilitiesOf(parseModelRef(modelId))).path;
  return `${session.endpoint("bedrock-mantle")}${path || "/v1"}`;
}
