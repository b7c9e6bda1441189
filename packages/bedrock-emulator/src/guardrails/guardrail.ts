import { invalid } from "../http/service-error.ts";
import type { ContentFilter } from "./content-filter.ts";
import type { GroundingPolicy } from "./grounding.ts";
import { guardrailRefusal } from "./guardrail-refusals.ts";
import type { PiiType } from "./pii.ts";

/** A guardrail with its policies. */
export interface EmulatorGuardrail {
  readonly id: string;
  /** Published versions beside `DRAFT`. */
  readonly versions: readonly string[];
  /** What GetGuardrail says of it. Default: `READY`. */
  readonly status?: "CREATING" | "UPDATING" | "VERSIONING" | "READY" | "FAILED" | "DELETING";
  readonly statusReasons?: readonly string[];
  /** Words and phrases that are blocked in either direction, in any case. */
  readonly words: readonly string[];
  /** Denied topics, told by phrases that stand in a text, in any case. */
  readonly topics?: readonly { readonly name: string; readonly phrases: readonly string[] }[];
  /** Personal information, told by pattern: blocked, or masked as `{EMAIL}`. */
  readonly pii?: readonly { readonly type: PiiType; readonly action: "BLOCK" | "ANONYMIZE" }[];
  /** Patterns of one's own (`u` flag), blocked or masked as `{name}`. */
  readonly regexes?: readonly {
    readonly name: string;
    readonly pattern: string;
    readonly action: "BLOCK" | "ANONYMIZE";
  }[];
  /** Harmful content, told by phrases. */
  readonly contentFilters?: readonly ContentFilter[];
  /** Whether an answer rests on its source and is about the query. */
  readonly contextualGrounding?: GroundingPolicy;
  readonly blockedInputMessaging: string;
  readonly blockedOutputsMessaging: string;
}

/** The guardrail that an emulator has unless told otherwise. */
export const defaultGuardrail: EmulatorGuardrail = {
  id: "emulatorgrd1",
  versions: ["1"],
  words: ["launch codes", "clawmageddon"],
  blockedInputMessaging: "Sorry, the model cannot answer this question.",
  blockedOutputsMessaging: "Sorry, the model cannot give this answer.",
};

/**
 * Finds a guardrail by id or ARN, and checks the version. Throws the service's refusals.
 */
export function findGuardrail(
  guardrails: readonly EmulatorGuardrail[],
  identifier: string,
  version: string,
  region: string,
): EmulatorGuardrail {
  const arn = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):\d{12}:guardrail\/([a-z0-9]+)$/.exec(identifier);
  if (!arn && !/^[a-z0-9]{1,2048}$/.test(identifier)) throw invalid(guardrailRefusal("guardrail-id"));
  const id = arn?.[2] ?? identifier;
  const found = guardrails.find((guardrail) => guardrail.id === id);
  const known = version === "DRAFT" || found?.versions.includes(version) === true;
  if (!found || !known || (arn && arn[1] !== region)) {
    throw invalid(guardrailRefusal("guardrail-missing"));
  }
  return found;
}
