import type { Call } from "../call.ts";
import type { EmulatorGuardrail } from "../guardrails/guardrail.ts";
import { invalid, ServiceError } from "../http/service-error.ts";
import { controlRefusal } from "./control-refusals.ts";

const identifierPattern = "(([a-z0-9]+)|(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:guardrail/[a-z0-9]+))";
const versionPattern = "(([1-9][0-9]{0,7})|(DRAFT))";

/**
 * `GET /guardrails/{id or ARN}?guardrailVersion=`: the working draft where no version is named
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetGuardrail.html). A guardrail of another account is not shared
 * with this one.
 */
export function getGuardrail({ state, region, received }: Call, identifier: string): object {
  const version = received.query.get("guardrailVersion") ?? "DRAFT";
  check("guardrailIdentifier", identifier, identifierPattern);
  check("guardrailVersion", version, versionPattern);
  const [, arnRegion, arnAccount, arnId] = /^arn:[^:]+:bedrock:([^:]+):(\d+):guardrail\/(.+)$/.exec(identifier) ?? [];
  if (arnAccount !== undefined && arnAccount !== state.accountId) {
    throw new ServiceError(
      "AccessDeniedException",
      controlRefusal("guardrail-of-another-account", state.accountId, identifier),
      "access",
    );
  }
  const id = arnId ?? identifier;
  const found = state.guardrails.find((guardrail) => guardrail.id === id);
  const known = version === "DRAFT" || found?.versions.includes(version) === true;
  const arn = `arn:aws:bedrock:${region}:${state.accountId}:guardrail/${id}`;
  if (!found || !known || (arnRegion !== undefined && arnRegion !== region)) {
    throw new ServiceError("ResourceNotFoundException", controlRefusal("guardrail-absent", arn));
  }
  return described(found, version, arn);
}

function check(at: string, value: string, pattern: string): void {
  if (!new RegExp(`^${pattern}$`).test(value)) throw invalid(controlRefusal("guardrail-parameter", at, value, pattern));
}

function described(guardrail: EmulatorGuardrail, version: string, guardrailArn: string): object {
  const {
    id,
    words,
    topics,
    blockedInputMessaging,
    blockedOutputsMessaging,
    status = "READY",
    statusReasons,
  } = guardrail;
  return {
    name: id,
    guardrailId: id,
    guardrailArn,
    version,
    status,
    ...(statusReasons && { statusReasons }),
    wordPolicy: { words: words.map((text) => ({ text })), managedWordLists: [] },
    ...(topics && {
      topicPolicy: {
        topics: topics.map(({ name, phrases }) => ({ name, definition: phrases.join(", "), type: "DENY" })),
      },
    }),
    createdAt: "2026-01-01T00:00:00Z",
    updatedAt: "2026-01-01T00:00:00Z",
    blockedInputMessaging,
    blockedOutputsMessaging,
  };
}
