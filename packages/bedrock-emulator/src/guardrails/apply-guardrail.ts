import type { Call } from "../call.ts";
import { jsonObjectBody } from "../http/received.ts";
import { sendJson } from "../http/respond.ts";
import { arrayAt, objectAt, stringAt } from "../json.ts";
import { checkShape } from "../validation/check-shape.ts";
import { document, list, oneOf, structure, text, union } from "../validation/shape.ts";
import { assess } from "./assess.ts";
import { findGuardrail } from "./guardrail.ts";
import { actionReason } from "./trace.ts";

const shape = structure(
  {
    source: oneOf("INPUT", "OUTPUT"),
    content: list(
      union({
        text: structure({ text: text(), qualifiers: list(oneOf("grounding_source", "query", "guard_content")) }, [
          "text",
        ]),
        image: document,
      }),
    ),
    outputScope: oneOf("INTERVENTIONS", "FULL"),
  },
  ["source", "content"],
);

/**
 * `POST /guardrail/{id}/version/{version}/apply`
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ApplyGuardrail.html), with the members that answers were
 * recorded to have.
 */
export function applyGuardrail(call: Call, identifier: string, version: string): void {
  const guardrail = findGuardrail(call.state.guardrails, identifier, version, call.region);
  const body = jsonObjectBody(call.received);
  checkShape(body, shape);
  const texts = arrayAt(body, "content").map((block) => stringAt(objectAt(block, "text"), "text") ?? "");
  const full = stringAt(body, "outputScope") === "FULL";
  const verdict = assess(guardrail, texts, full);
  const { blocked, masked, assessment } = verdict;
  const message =
    stringAt(body, "source") === "OUTPUT" ? guardrail.blockedOutputsMessaging : guardrail.blockedInputMessaging;
  const outputs = blocked ? [{ text: message }] : masked ? verdict.texts.map((text) => ({ text })) : [];
  const { usage, guardrailCoverage } = assessment.invocationMetrics;
  sendJson(call.reply, 200, {
    action: blocked || masked ? "GUARDRAIL_INTERVENED" : "NONE",
    actionReason: actionReason(verdict),
    assessments: [
      {
        appliedGuardrailDetails: {
          guardrailArn: `arn:aws:bedrock:${call.region}:${call.state.accountId}:guardrail/${guardrail.id}`,
          guardrailId: guardrail.id,
          guardrailOrigin: ["REQUEST"],
          guardrailOwnership: "SELF",
          guardrailVersion: version,
        },
        automatedReasoningPolicy: null,
        contentPolicy: null,
        contextualGroundingPolicy: null,
        sensitiveInformationPolicy: null,
        topicPolicy: null,
        wordPolicy: null,
        ...assessment,
      },
    ],
    blockedResponse: blocked ? message : null,
    guardrailCoverage,
    output: outputs,
    outputs,
    usage,
  });
}
