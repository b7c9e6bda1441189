import type { RequestRecord } from "./request-record.ts";

/** `POST 200 ConverseStream us.anthropic.claude-opus-4-7 sigv4 12 ms` */
export function logLine(record: RequestRecord): string {
  const parts = [
    record.method.padEnd(4),
    record.status || "lost",
    record.operation === "Unknown" ? record.path : record.operation,
    record.modelId,
    record.auth.kind === "none" ? "refused" : record.auth.kind,
    `${Math.round(record.durationMs ?? 0)} ms`,
  ];
  return parts.filter((part) => part !== undefined).join(" ");
}

/** The whole record on one line. */
export function jsonLine(record: RequestRecord): string {
  return JSON.stringify(record);
}
