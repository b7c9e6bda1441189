import type { AwsSession } from "@clawrock/aws-auth";
import { BedrockError, toBedrockError } from "@clawrock/conversation";
import type { DiscoveryWarning } from "../types.ts";
import { type ListedModel, listFoundationModels } from "./list-foundation-models.ts";
import { type ListedProfile, listInferenceProfiles } from "./list-inference-profiles.ts";

/** Both lists of a region; a list that failed is undefined and has its warning. */
export interface Lists {
  readonly region: string;
  readonly models: readonly ListedModel[] | undefined;
  readonly profiles: readonly ListedProfile[] | undefined;
  readonly warnings: readonly DiscoveryWarning[];
}

/** What is lost with a list, and the permission to read it. */
const STAKES = {
  "foundation-models": {
    action: "ListFoundationModels",
    loss: "Only inference profiles are listed",
  },
  "inference-profiles": {
    action: "ListInferenceProfiles",
    loss: "Models that are invoked through an inference profile are missing",
  },
} as const;

/**
 * Gets both lists at the same time through the session's connections.
 * @throws BedrockError if both fail; the signal's reason if the caller aborted.
 */
export async function fetchLists(aws: AwsSession, timeoutMs: number, signal: AbortSignal | undefined): Promise<Lists> {
  signal?.throwIfAborted();
  const config = configOf(aws);
  const { BedrockClient } = await import("@aws-sdk/client-bedrock");
  const client = new BedrockClient(config);
  const budget = AbortSignal.timeout(timeoutMs);
  // The profiles are two lists: when one of them has failed, nobody waits for the other.
  const over = new AbortController();
  const until = AbortSignal.any([budget, over.signal, ...(signal ? [signal] : [])]);
  const [models, profiles] = await Promise.allSettled([
    listFoundationModels(client, until),
    listInferenceProfiles(client, until),
  ]);
  over.abort();
  client.destroy();
  signal?.throwIfAborted();

  const { region } = config;
  const explain = (reason: unknown, list: keyof typeof STAKES): BedrockError =>
    budget.aborted
      ? late(STAKES[list].action, region, timeoutMs)
      : toBedrockError(reason, { action: STAKES[list].action, region });
  if (models.status === "rejected" && profiles.status === "rejected") {
    throw bothFailed(explain(models.reason, "foundation-models"), explain(profiles.reason, "inference-profiles"));
  }
  const warnings: DiscoveryWarning[] = [];
  if (models.status === "rejected")
    warnings.push(warning("foundation-models", explain(models.reason, "foundation-models")));
  if (profiles.status === "rejected") {
    warnings.push(warning("inference-profiles", explain(profiles.reason, "inference-profiles")));
  }
  return {
    region,
    models: models.status === "fulfilled" ? models.value : undefined,
    profiles: profiles.status === "fulfilled" ? profiles.value : undefined,
    warnings,
  };
}

function configOf(aws: AwsSession): ReturnType<AwsSession["clientConfig"]> {
  try {
    return aws.clientConfig("bedrock");
  } catch (error) {
    throw toBedrockError(error, { action: "Listing models" });
  }
}

function warning(list: DiscoveryWarning["list"], error: BedrockError): DiscoveryWarning {
  const { action, loss } = STAKES[list];
  const fix = denied(error) ? `Allow bedrock:${action} for the identity in use.` : "";
  const message = [`${loss}: ${error.problem}`, fix || error.fix].filter(Boolean).map(String).map(ended).join(" ");
  return { list, message, error };
}

/** The error of both lists: that of the models, with both permissions where they are what is missing. */
function bothFailed(models: BedrockError, profiles: BedrockError): BedrockError {
  if (!denied(models)) return models;
  const both = denied(profiles) ? " and bedrock:ListInferenceProfiles" : "";
  return new BedrockError({
    kind: models.kind,
    problem: models.problem,
    fix: `Allow bedrock:ListFoundationModels${both} for the identity in use, or name the models in the configuration`,
    service: models.service,
    cause: models,
  });
}

function denied({ kind, service }: BedrockError): boolean {
  return kind === "access-denied" || (kind === "model-access" && service?.status === 403);
}

function late(action: string, region: string, timeoutMs: number): BedrockError {
  return new BedrockError({
    kind: "timeout",
    problem: `${action} in ${region} gave no answer within ${timeoutMs / 1000} s`,
    fix: "Check the network and the endpoint, or allow more time",
  });
}

function ended(sentence: string): string {
  return /[.!?…)]$/u.test(sentence) ? sentence : `${sentence}.`;
}
