import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import { failoverReason, isContextOverflow } from "../errors/failover.ts";
import type { HostProvider } from "../host-types.ts";
import { replayPolicy } from "../models/replay-policy.ts";
import { thinkingProfile } from "../models/thinking-profile.ts";

/** Shown in the host's setup and help; which credentials are used is the AWS SDK's decision. */
const ENV_VARS = ["AWS_BEARER_TOKEN_BEDROCK", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

/** What both providers answer alike, from the id alone. */
export const sharedHooks: Pick<
  HostProvider,
  | "auth"
  | "envVars"
  | "resolveThinkingProfile"
  | "buildReplayPolicy"
  | "classifyFailoverReason"
  | "matchesContextOverflowError"
> = {
  auth: [],
  envVars: [...ENV_VARS],
  resolveThinkingProfile: ({ modelId }) => thinkingProfile(capabilitiesOf(parseModelRef(modelId))),
  buildReplayPolicy: ({ modelId }) => (modelId ? replayPolicy(capabilitiesOf(parseModelRef(modelId))) : undefined),
  classifyFailoverReason: failoverReason,
  matchesContextOverflowError: isContextOverflow,
};
