import type { AwsSession } from "@clawrock/aws-auth";
import type { BedrockError } from "@clawrock/conversation";
import { GET_GUARDRAIL } from "@clawrock/guardrails";
import type { ExaminedGuardrail } from "./guardrail.ts";
import type { Examination } from "./lists.ts";
import type { Probed } from "./probe-model.ts";
import type { AccessReport, Permission } from "./report.ts";

export interface Seen {
  readonly aws: AwsSession | undefined;
  readonly bedrock: Examination | undefined;
  readonly mantle: Examination | undefined;
  readonly guardrail: ExaminedGuardrail | undefined;
  readonly probe: (Probed & { readonly mantle: boolean }) | undefined;
}

const LIST_MODELS = "bedrock:ListFoundationModels";
const LIST_PROFILES = "bedrock:ListInferenceProfiles";
const INVOKE_STREAM = "bedrock:InvokeModelWithResponseStream";
const APPLY_GUARDRAIL = "bedrock:ApplyGuardrail";
const CALL_WITH_TOKEN = "bedrock:CallWithBearerToken";
const MANTLE_LIST = "bedrock-mantle:ListModels";
const MANTLE_INFER = "bedrock-mantle:CreateInference";
/** Mantle always takes a bearer token: the given one, or one that is minted from the credentials. */
const MANTLE_CALL_WITH_TOKEN = "bedrock-mantle:CallWithBearerToken";

/**
 * What the identity may do, each with what was seen of it. What was not tried is unknown, never guessed.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html
 */
export function permissionsOf({ aws, bedrock, mantle, guardrail, probe }: Seen): Permission[] {
  const turn = probe && !probe.mantle ? probe : undefined;
  const mantleTurn = probe?.mantle ? probe : undefined;
  const bearer = aws?.describe().kind === "bearer";
  const rows: (readonly [string, Finding])[] = [
    ...(bearer ? [[CALL_WITH_TOKEN, ofToken(CALL_WITH_TOKEN, bedrock, turn)] as const] : []),
    [LIST_MODELS, listed(bedrock, LIST_MODELS)],
    [LIST_PROFILES, listed(bedrock, LIST_PROFILES)],
    ["bedrock:GetFoundationModelAvailability", availability(bedrock?.report.access)],
    [INVOKE_STREAM, invoked(turn, INVOKE_STREAM)],
    ["bedrock:InvokeModel", untried("used by embeddings; billed, and not tried here")],
    ...(guardrail ? [[GET_GUARDRAIL, lookedUp(guardrail)] as const, [APPLY_GUARDRAIL, applied(turn)] as const] : []),
    [MANTLE_CALL_WITH_TOKEN, ofToken(MANTLE_CALL_WITH_TOKEN, mantle, mantleTurn)],
    [MANTLE_LIST, listed(mantle, MANTLE_LIST)],
    [MANTLE_INFER, invoked(mantleTurn, MANTLE_INFER)],
  ];
  return rows.map(([action, finding]) => ({ action, ...finding }));
}

type Finding = Omit<Permission, "action">;

function listed(examination: Examination | undefined, action: string): Finding {
  if (!examination?.asked) return untried("not tried");
  const refusal = examination.refused.get(action);
  if (refusal) return refused(refusal, action);
  return { state: "allowed", evidence: `${examination.report.models ?? 0} models listed` };
}

/** Any answer but a refusal shows that the token is taken. */
function ofToken(action: string, examination: Examination | undefined, turn: Probed | undefined): Finding {
  if (turn && !turn.error) return { state: "allowed", evidence: `${turn.report.model} answered` };
  const refusals = [...(examination?.refused.values() ?? []), ...(turn?.error ? [turn.error] : [])];
  const denial = refusals.find((error) => deniedAction(error) === action);
  if (denial) return refused(denial, action);
  if (examination?.asked && examination.ids.size > 0) return { state: "allowed", evidence: "the token was taken" };
  const [refusal] = refusals;
  // IAM looks at the token before it looks at the action.
  if (refusal && deniedAction(refusal) !== undefined)
    return { state: "allowed", evidence: "another action was denied" };
  return refusal ? refused(refusal, action) : untried("not tried");
}

function availability(access: AccessReport | undefined): Finding {
  if (!access) return untried("not tried");
  const { granted, notGranted, unknown, detail } = access;
  if (granted + notGranted.length > 0) return { state: "allowed", evidence: "it told the access to models" };
  const denied = /not authorized|access.?denied|not allowed/iu.test(detail ?? "");
  return { state: unknown > 0 && denied ? "denied" : "unknown", evidence: detail ?? "there was no model to ask about" };
}

function invoked(probed: Probed | undefined, action: string): Finding {
  if (!probed) return untried("billed; try it with --probe <model>");
  const { report, error } = probed;
  if (!error) return { state: "allowed", evidence: `${report.model} answered` };
  if (ANSWERS.has(error.kind)) return { state: "allowed", evidence: error.message };
  return refused(error, action);
}

/** What is only said of a turn that was let in. */
const ANSWERS: ReadonlySet<BedrockError["kind"]> = new Set(["guardrail-blocked", "refused"]);

function lookedUp({ asked, failure, report }: ExaminedGuardrail): Finding {
  if (!asked) return untried("not tried");
  if (failure && failure.kind !== "invalid-config") return refused(failure, GET_GUARDRAIL);
  return { state: "allowed", evidence: report.name ?? report.detail ?? "it was looked up" };
}

function applied(turn: Probed | undefined): Finding {
  if (!turn) return untried("billed; try it with --probe <model>");
  const { error } = turn;
  if (!error) return { state: "allowed", evidence: `a turn of ${turn.report.model} went through the guardrail` };
  if (error.kind === "guardrail-blocked") return { state: "allowed", evidence: error.message };
  return refused(error, APPLY_GUARDRAIL);
}

/** Only a refusal of the very action denies it: an unreachable endpoint says nothing, nor does what stands before it. */
function refused(error: BedrockError, action: string): Finding {
  const told = deniedAction(error);
  const byAws = told === action || (told === undefined && !FOREIGN.test(error.message));
  const denied = error.kind === "access-denied" && byAws;
  return { state: denied ? "denied" : "unknown", evidence: error.message };
}

/** How an answer is told that a proxy gave in the service's place. */
const FOREIGN = /is not Bedrock's|with a web page/u;

/** The action that IAM names in its refusal. */
function deniedAction({ message }: BedrockError): string | undefined {
  return /to perform: ([\w-]+:\w+)/u.exec(message)?.[1];
}

function untried(evidence: string): Finding {
  return { state: "unknown", evidence };
}
