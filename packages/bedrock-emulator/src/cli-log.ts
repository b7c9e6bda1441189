import type { RequestRecord } from "./request-record.ts";

/**
 * `14:03:07 POST 200 ConverseStream us.anthropic.claude-opus-4-7 sigv4 12 ms`; a refusal says why:
 * `14:03:09 POST 400 Converse amazon.nova-micro-v1:0 sigv4 2 ms  ValidationException: … [blank-text]`
 */
export function logLine(record: RequestRecord, now: Date = new Date()): string {
  const parts = [
    now.toTimeString().slice(0, 8),
    record.method.padEnd(4),
    record.status || "lost",
    record.operation === "Unknown" ? record.path : record.operation,
    record.modelId,
    record.auth.kind === "none" ? undefined : record.auth.kind,
    `${Math.round(record.durationMs ?? 0)} ms`,
  ];
  const line = parts.filter((part) => part !== undefined).join(" ");
  if (record.refusal === undefined) return line;
  const rows = record.refusedBy ? ` [${record.refusedBy.join(", ")}]` : "";
  return `${line}  ${shortened(record.refusal)}${rows}`;
}

const longestRefusal = 300;

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > longestRefusal ? `${line.slice(0, longestRefusal)}…` : line;
}

/** The whole record on one line. */
export function jsonLine(record: RequestRecord): string {
  return JSON.stringify(record);
}
