import type { ResponseReasoningItem } from "openai/resources/responses/responses";
import { isRecord, text } from "../turn/json.ts";

/**
 * What must be sent back of a reasoning item, as the `thinkingSignature` of a message: its id and its encrypted content.
 * Undefined where the service encrypted nothing, for then there is nothing it could read again.
 */
export function reasoningSignature(item: Record<string, unknown>): string | undefined {
  const encrypted_content = text(item["encrypted_content"]);
  return encrypted_content === "" ? undefined : JSON.stringify({ id: text(item["id"]), encrypted_content });
}

/** The reasoning item that a signature holds; undefined for the signatures of other APIs. */
export function parseReasoning(signature: string | undefined): ResponseReasoningItem | undefined {
  if (!signature?.startsWith("{")) return undefined;
  try {
    const item: unknown = JSON.parse(signature);
    if (!isRecord(item) || typeof item["encrypted_content"] !== "string") return undefined;
    return { type: "reasoning", id: text(item["id"]), encrypted_content: item["encrypted_content"], summary: [] };
  } catch {
    return undefined;
  }
}
