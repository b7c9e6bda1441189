import type { AssistantMessage } from "@clawrock/conversation";

const KEPT = 64;
const kinds = new Map<string, string>();

/** Remembers of which kind an error was whose text now goes to the host. */
export function rememberError({ errorMessage, errorCode }: AssistantMessage): void {
  if (errorMessage === undefined || errorCode === undefined) return;
  kinds.delete(errorMessage);
  kinds.set(errorMessage, errorCode);
  for (const oldest of kinds.keys()) {
    if (kinds.size <= KEPT) return;
    kinds.delete(oldest);
  }
}

/** The kind of an error of this process by the text the host kept of it, with whatever the host wrote around it. */
export function rememberedKind(text: string): string | undefined {
  const exact = kinds.get(text);
  if (exact !== undefined) return exact;
  for (const [message, kind] of kinds) if (text.includes(message)) return kind;
  return undefined;
}
