import type { ErrorKind } from "@clawrock/conversation";

const KEPT = 64;
const kinds = new Map<string, ErrorKind>();

/** Remembers of which kind an error was whose text now goes to the host. */
export function rememberError(errorMessage: string, kind: ErrorKind): void {
  kinds.delete(errorMessage);
  kinds.set(errorMessage, kind);
  for (const oldest of kinds.keys()) {
    if (kinds.size <= KEPT) return;
    kinds.delete(oldest);
  }
}

/** The kind of an error of this process by the text the host kept of it, with whatever the host wrote around it. */
export function rememberedKind(text: string): ErrorKind | undefined {
  const exact = kinds.get(text);
  if (exact !== undefined) return exact;
  for (const [message, kind] of kinds) if (text.includes(message)) return kind;
  return undefined;
}
