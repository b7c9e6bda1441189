/** Fields whose strings are settings or names, never words of a conversation. */
const SHOWN = new Set([
  "modelId",
  "role",
  "name",
  "format",
  "type",
  "ttl",
  "toolUseId",
  "status",
  "effort",
  "reasoning_effort",
  "maxReasoningEffort",
  "display",
  "latency",
  "guardrailIdentifier",
  "guardrailVersion",
  "trace",
  "streamProcessingMode",
  "anthropic_beta",
]);
/** Objects that hold what callers or models wrote: only their size is told. */
const WRITTEN = new Set(["input", "json", "requestMetadata", "jsonSchema"]);

/**
 * A request for a log: its structure, names and settings as they are; of words, media, tool input and schemas only the
 * size. There are no credentials in a request's body.
 */
export function redactedRequest(value: unknown, field = ""): unknown {
  if (typeof value === "string") return SHOWN.has(field) ? value : `[${value.length} characters]`;
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (typeof value !== "object" || value === null) return value;
  if (WRITTEN.has(field)) return `[${JSON.stringify(value).length} characters of JSON]`;
  if (Array.isArray(value)) return value.map((part) => redactedRequest(part, field));
  // The name of a document is its owner's; that of a tool is its maker's.
  const own = field === "document" ? "document name" : "name";
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, redactedRequest(part, name === "name" ? own : name)]),
  );
}
