import { BedrockError } from "@clawrock/conversation";
import { parseGuardrailIdentifier } from "./identifier.ts";
import { listed, shown } from "./words.ts";

/** When a streamed answer is judged: `sync` before it is sent on, `async` while it is sent on (which cannot mask). */
export type StreamProcessingMode = "sync" | "async";

/** Whether the answer says what the guardrail found: not, what it acted on, or everything it judged. */
export type GuardrailTrace = "enabled" | "disabled" | "enabled_full";

/** A guardrail to apply to every invocation. The keys are those of the Bedrock API. */
export interface GuardrailConfig {
  /** Guardrail id (`abc123`) or its full ARN, of any partition. */
  readonly guardrailIdentifier: string;
  /** A published version as digits (`"1"`), or `"DRAFT"`. */
  readonly guardrailVersion: string;
  /** Only for streams. Absent: the service's default, which is `sync`. */
  readonly streamProcessingMode?: StreamProcessingMode;
  /** Absent: the service's default, which is `disabled`. */
  readonly trace?: GuardrailTrace;
}

const MODES = ["sync", "async"] as const;
const TRACES = ["enabled", "disabled", "enabled_full"] as const;
const KEYS = ["guardrailIdentifier", "guardrailVersion", "streamProcessingMode", "trace"];

/**
 * Checks a guardrail configuration read from a file or a host and gives it back typed, with only the keys that were set.
 *
 * @param value the configuration, of any shape
 * @param path how the caller's file names it, e.g. `plugins.entries.amazon-bedrock.config.guardrail`; it begins the message
 * of every error. Default `guardrail`.
 * @throws BedrockError of kind `invalid-config` naming the exact key, what is wrong with its value and what to write.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailStreamConfiguration.html
 */
export function parseGuardrailConfig(value: unknown, path = "guardrail"): GuardrailConfig {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(path, value, 'Write an object such as { "guardrailIdentifier": "abc123", "guardrailVersion": "1" }');
  }
  const entries = new Map<string, unknown>(Object.entries(value).filter(([, setting]) => setting !== undefined));
  for (const key of entries.keys()) {
    if (!KEYS.includes(key)) throw unknownKey(`${path}.${key}`);
  }
  const mode = oneOf(entries.get("streamProcessingMode"), MODES, `${path}.streamProcessingMode`);
  const trace = oneOf(entries.get("trace"), TRACES, `${path}.trace`);
  return {
    guardrailIdentifier: identifier(entries.get("guardrailIdentifier"), `${path}.guardrailIdentifier`),
    guardrailVersion: version(entries.get("guardrailVersion"), `${path}.guardrailVersion`),
    ...(mode && { streamProcessingMode: mode }),
    ...(trace && { trace }),
  };
}

function identifier(value: unknown, path: string): string {
  const fix =
    "Write the guardrail's id in lower-case letters and digits (abc123) or its ARN " +
    "(arn:aws:bedrock:<region>:<12-digit account>:guardrail/abc123), as `aws bedrock list-guardrails` shows them";
  if (typeof value !== "string" || !parseGuardrailIdentifier(value)) throw invalid(path, value, fix);
  return value;
}

function version(value: unknown, path: string): string {
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) {
    throw invalid(path, value, `Write it as a string: "${value}"`);
  }
  const fix = 'Write a published version number as a string, such as "1", or "DRAFT" for the working draft';
  if (typeof value !== "string" || !/^(?:[1-9]\d{0,7}|DRAFT)$/u.test(value)) throw invalid(path, value, fix);
  return value;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], path: string): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw invalid(path, value, `Write one of ${listed(allowed)}, or leave it out`);
  return found;
}

function invalid(path: string, value: unknown, fix: string): BedrockError {
  const problem = value === undefined ? `${path} is missing` : `${path} is ${shown(value)}, which is not usable`;
  return new BedrockError({ kind: "invalid-config", problem, fix });
}

function unknownKey(path: string): BedrockError {
  return new BedrockError({
    kind: "invalid-config",
    problem: `${path} is not a setting of a guardrail`,
    fix: `Remove it; the settings are ${KEYS.join(", ")}`,
  });
}
