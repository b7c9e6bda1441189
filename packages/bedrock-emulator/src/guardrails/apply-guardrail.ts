import type { Call } from "../call.ts";
import { jsonObjectBody } from "../http/received.ts";
import { sendJson } from "../http/respond.ts";
import { arrayAt, type JsonObject, objectAt, stringAt } from "../json.ts";
import { checkShape } from "../validation/check-shape.ts";
import { blob, list, oneOf, structure, text, union } from "../validation/shape.ts";
import { assess } from "./assess.ts";
import { checkContent } from "./check-content.ts";
import type { GuardedContent } from "./content.ts";
import { isGuarded, qualified } from "./guarded-content.ts";
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
        image: structure({ format: oneOf("png", "jpeg"), source: union({ bytes: blob }) }, ["format", "source"]),
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
  const content = contentOf(body);
  const source = stringAt(body, "source") === "OUTPUT" ? "OUTPUT" : "INPUT";
  checkContent(guardrail, content, source);
  const verdict = assess(guardrail, content, { source, everything: stringAt(body, "outputScope") === "FULL" });
  const { blocked, masked, assessment } = verdict;
  const message = source === "OUTPUT" ? guardrail.blockedOutputsMessaging : guardrail.blockedInputMessaging;
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

function contentOf(body: JsonObject): GuardedContent {
  const blocks = arrayAt(body, "content");
  const texts = blocks.flatMap((block) => {
    const text = stringAt(objectAt(block, "text"), "text");
    return text === undefined ? [] : [{ text, qualifiers: arrayAt(objectAt(block, "text"), "qualifiers") }];
  });
  const images = blocks.flatMap((block) => {
    const bytes = stringAt(objectAt(objectAt(block, "image"), "source"), "bytes");
    return bytes === undefined ? [] : [Buffer.from(bytes, "base64")];
  });
  return {
    texts: texts.filter(({ qualifiers }) => isGuarded(qualifiers)).map(({ text }) => text),
    ...qualified(texts),
    ...(images.length > 0 && { images }),
  };
}
