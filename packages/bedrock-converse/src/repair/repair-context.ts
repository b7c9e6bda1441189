import type { AssistantMessage, Message } from "@clawrock/conversation";
import type { InputModality, ModelCapabilities } from "@clawrock/model-capabilities";
import type { TranscriptChange, TranscriptChangeKind } from "../types.ts";

/** What one repair knows and gathers. */
export interface RepairContext {
  readonly capabilities: ModelCapabilities;
  /** Whether an answer came from the model that is asked now. */
  readonly isOwn: (message: AssistantMessage) => boolean;
  /** Whether spans with `guard` are sent to a guardrail. */
  readonly guarded: boolean;
  readonly changes: TranscriptChange[];
}

/** A message and where it stood in the caller's list. */
export interface Entry {
  readonly message: Message;
  readonly at: number;
}

export function note(
  { changes }: Pick<RepairContext, "changes">,
  kind: TranscriptChangeKind,
  message: number,
  block: number | undefined,
  words: string,
): void {
  const reason = shown(words, 300);
  changes.push(block === undefined ? { kind, message, reason } : { kind, message, block, reason });
}

/** Words of a caller's own as they may stand in one line: short, whole, without line breaks. */
export function shown(words: string, length = 100): string {
  const line = words.replace(/\s+/gu, " ");
  return (line.length > length ? `${line.slice(0, length)}…` : line).toWellFormed();
}

/** Of a model nobody knows, the service is asked. */
export function takes(modality: InputModality, { input }: ModelCapabilities): boolean {
  return input.provenance.from === "default" || input.value.includes(modality);
}

/** The user said it, or a tool: one turn to the service. */
export function isUserSide({ message }: Entry): boolean {
  return message.role !== "assistant";
}

/** Neighbours of one side. */
export function runsOf(entries: readonly Entry[]): Entry[][] {
  const runs: Entry[][] = [];
  let side: boolean | undefined;
  for (const entry of entries) {
    if (isUserSide(entry) === side) runs.at(-1)?.push(entry);
    else runs.push([entry]);
    side = isUserSide(entry);
  }
  return runs;
}

export function userSays(text: string, at: number): Entry {
  return { at, message: { role: "user", content: [{ type: "text", text }], timestamp: 0 } };
}
