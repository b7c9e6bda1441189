import type { AnswerEvent, Citation, StopReason } from "../engine/turn.ts";
import { isJsonObject, type JsonObject, parseJson } from "../json.ts";
import { citationMember, serverResultMember } from "./block-members.ts";

/** An answer as the content blocks of a message. */
export interface CollectedAnswer {
  readonly content: object[];
  /** The citations of the cited blocks among them. */
  readonly citations: ReadonlyMap<object, readonly Citation[]>;
  /** What the model said as text. */
  readonly text: string;
  readonly reason: StopReason;
  readonly stopSequence?: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
}

interface OpenBlock {
  kind: "text" | "cited" | "reasoning" | "toolUse";
  citations: Citation[];
  server: boolean;
  text: string;
  id: string;
  name: string;
}

/** Puts the pieces of an answer together. */
export function collectAnswer(events: readonly AnswerEvent[]): CollectedAnswer {
  const content: object[] = [];
  const cited = new Map<object, readonly Citation[]>();
  let open: OpenBlock | undefined;
  let text = "";
  let end: { reason: StopReason; stopSequence?: string } = { reason: "end_turn" };
  let usage: { inputTokens: number; outputTokens: number } | undefined;

  const close = (signature?: string): void => {
    if (open?.kind === "text") content.push({ text: open.text });
    if (open?.kind === "cited") {
      const block = {
        citationsContent: { citations: open.citations.map(citationMember), content: [{ text: open.text }] },
      };
      content.push(block);
      cited.set(block, open.citations);
    }
    if (open?.kind === "reasoning") {
      content.push({ reasoningContent: { reasoningText: { text: open.text, ...(signature && { signature }) } } });
    }
    if (open?.kind === "toolUse") {
      const type = open.server && { type: "server_tool_use" };
      content.push({ toolUse: { toolUseId: open.id, name: open.name, input: inputOf(open.text), ...type } });
    }
    open = undefined;
  };
  const enter = (kind: OpenBlock["kind"], id = "", name = ""): OpenBlock => {
    if (open?.kind === kind && kind !== "toolUse") return open;
    close();
    open = { kind, text: "", id, name, citations: [], server: false };
    return open;
  };

  for (const event of events) {
    switch (event.kind) {
      case "text":
        enter(open?.kind === "cited" ? "cited" : "text").text += event.text;
        text += event.text;
        break;
      case "reasoning":
        enter("reasoning").text += event.text;
        break;
      case "signature":
        enter("reasoning");
        close(event.signature);
        break;
      case "redacted":
        close();
        content.push({ reasoningContent: { redactedContent: event.base64 } });
        break;
      case "toolUse":
        enter("toolUse", event.id, event.name).server = event.server === true;
        break;
      case "serverResult":
        close();
        content.push({ toolResult: serverResultMember(event) });
        break;
      case "citation":
        // Citations in a row are of the same text.
        if (open?.kind === "cited" && open.text !== "") close();
        enter("cited").citations.push(event.citation);
        break;
      case "citedEnd":
        close();
        break;
      case "toolInput":
        if (open) open.text += event.json;
        break;
      case "usage":
        usage = { inputTokens: event.inputTokens, outputTokens: event.outputTokens };
        break;
      case "stop":
        end = { reason: event.reason, ...(event.stopSequence !== undefined && { stopSequence: event.stopSequence }) };
        break;
    }
  }
  close();
  return { content, citations: cited, text, ...end, ...usage };
}

function inputOf(json: string): JsonObject {
  if (json === "") return {};
  try {
    const value = parseJson(json);
    return isJsonObject(value) ? value : {};
  } catch {
    // Cut off at the token limit.
    return {};
  }
}
