import { BedrockError } from "@clawrock/conversation";
import type { DiscoveryList, DiscoveryWarning } from "../types.ts";

/** What is lost with a list, and the permission to read it. */
const STAKES: Readonly<Record<DiscoveryList, { readonly action: string; readonly loss: string }>> = {
  "foundation-models": { action: "ListFoundationModels", loss: "Only inference profiles are listed" },
  "inference-profiles": {
    action: "ListInferenceProfiles",
    loss: "Models that are invoked through an inference profile are missing",
  },
  "imported-models": { action: "ListImportedModels", loss: "Imported models are missing" },
  "custom-models": { action: "ListCustomModels", loss: "Custom models are missing" },
  "custom-model-deployments": {
    action: "ListCustomModelDeployments",
    loss: "Deployments of custom models are missing",
  },
  "provisioned-models": { action: "ListProvisionedModelThroughputs", loss: "Provisioned models are missing" },
  "prompt-routers": { action: "ListPromptRouters", loss: "Prompt routers are missing" },
};

export function actionOf(list: DiscoveryList): string {
  return STAKES[list].action;
}

/** A list that failed; `some` of it may have been listed all the same. */
export function listWarning(list: DiscoveryList, region: string, error: BedrockError, some: boolean): DiscoveryWarning {
  const { action, loss } = STAKES[list];
  const fix = denied(error) ? `Allow bedrock:${action} for the identity in use.` : "";
  const lost = some ? `Some of ${action} in ${region} is missing` : loss;
  const message = [`${lost}: ${error.problem}`, fix || error.fix].filter(Boolean).map(String).map(ended).join(" ");
  return { list, region, message, error };
}

/** The error of both lists: that of the models, with both permissions where they are what is missing. */
export function bothFailed(models: BedrockError, profiles: BedrockError): BedrockError {
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

export function lateError(action: string, region: string, timeoutMs: number): BedrockError {
  return new BedrockError({
    kind: "timeout",
    problem: `${action} in ${region} gave no answer within ${timeoutMs / 1000} s`,
    fix: "Check the network and the endpoint, or allow more time",
  });
}

function denied({ kind, service }: BedrockError): boolean {
  return kind === "access-denied" || (kind === "model-access" && service?.status === 403);
}

function ended(sentence: string): string {
  return /[.!?…)]$/u.test(sentence) ? sentence : `${sentence}.`;
}
