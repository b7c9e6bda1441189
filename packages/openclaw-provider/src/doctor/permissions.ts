import type { BedrockError } from "@clawrock/conversation";
import type { Examination } from "./lists.ts";
import type { Probed } from "./probe-model.ts";
import type { AccessReport, Permission } from "./report.ts";

export interface Seen {
  readonly bedrock: Examination | undefined;
  readonly mantle: Examination | undefined;
  readonly probe: Probed | undefined;
  /** Whether a guardrail is configured. */
  readonly guardrail: boolean;
}

/** What the identity may do, each with what was seen of it. What was not tried is unknown, never guessed. */
export function permissionsOf({ bedrock, mantle, probe, guardrail }: Seen): Permission[] {
  const invoke = probe ? invoked(probe) : untried("billed; try it with --probe <model>");
  return [
    { action: "bedrock:ListFoundationModels", ...listed(bedrock, "bedrock:ListFoundationModels") },
    { action: "bedrock:ListInferenceProfiles", ...listed(bedrock, "bedrock:ListInferenceProfiles") },
    { action: "bedrock:GetFoundationModelAvailability", ...availability(bedrock?.report.access) },
    { action: "bedrock:InvokeModelWithResponseStream", ...invoke },
    { action: "bedrock:InvokeModel", ...untried("used by embeddings; billed, and not tried here") },
    ...(guardrail ? [{ action: "bedrock:ApplyGuardrail", ...untried("billed, and not tried here") }] : []),
    { action: "bedrock:CallWithBearerToken", ...listed(mantle, "bedrock-mantle:ListModels") },
    { action: "bedrock-mantle:ListModels", ...listed(mantle, "bedrock-mantle:ListModels") },
    { action: "bedrock-mantle:CreateInference", ...untried("billed, and not tried here") },
  ];
}

type Finding = Omit<Permission, "action">;

function listed(examination: Examination | undefined, action: string): Finding {
  if (!examination?.asked) return untried("not tried");
  const refusal = examination.refused.get(action);
  if (refusal) return refused(refusal);
  return { state: "allowed", evidence: `${examination.report.models ?? 0} models listed` };
}

function availability(access: AccessReport | undefined): Finding {
  if (!access) return untried("not tried");
  const { granted, notGranted, unknown, detail } = access;
  if (granted + notGranted.length > 0) return { state: "allowed", evidence: "it told the access to models" };
  const denied = /not authorized|access.?denied|not allowed/iu.test(detail ?? "");
  return { state: unknown > 0 && denied ? "denied" : "unknown", evidence: detail ?? "there was no model to ask about" };
}

function invoked({ report, error }: Probed): Finding {
  if (error) return refused(error);
  return { state: "allowed", evidence: `${report.model} answered` };
}

/** Only a refusal of the action denies it: an unreachable endpoint says nothing. */
function refused(error: BedrockError): Finding {
  return { state: error.kind === "access-denied" ? "denied" : "unknown", evidence: error.message };
}

function untried(evidence: string): Finding {
  return { state: "unknown", evidence };
}
