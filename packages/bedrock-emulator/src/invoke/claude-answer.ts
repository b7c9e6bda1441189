import { randomBytes } from "node:crypto";
import { type CollectedAnswer, collectAnswer } from "../converse/collect.ts";
import type { Usage } from "../converse/usage.ts";
import type { AnswerEvent, Citation, StopReason } from "../engine/turn.ts";
import { arrayAt, isJsonObject, type Json, objectAt, parseJson, stringAt } from "../json.ts";
import { claudeCitation } from "./claude-citation.ts";
import type { NativeAnswer, NativeStream } from "./native-format.ts";

/** `msg_bdrk_01…` */
export function messageId(prefix = "msg_bdrk_"): string {
  return `${prefix}01${randomBytes(16).toString("base64url").replace(/[-_]/g, "x")}`;
}

/** A whole answer in the form of Anthropic's Messages API. */
export function claudeMessage(id: string, model: string, answer: NativeAnswer): object {
  return {
    id,
    type: "message",
    role: "assistant",
    model,
    content: contentOf(collectAnswer(answer.events)),
    stop_reason: stopReason(answer.reason),
    stop_sequence: answer.stopSequence ?? null,
    usage: usageOf(answer),
  };
}

/** A streamed answer in the events of Anthropic's Messages API; what the cache gave and took is told at its start. */
export function claudeStream(id: string, model: string, usage: Usage): NativeStream {
  let index = -1;
  let open: string | undefined;
  // They come after the text that rests on them.
  let citations: object[] = [];
  const leave = (): object[] => {
    if (open === undefined) return [];
    open = undefined;
    const deltas = citations.map((citation) => delta({ type: "citations_delta", citation }));
    citations = [];
    return [...deltas, { type: "content_block_stop", index }];
  };
  const enter = (kind: string, block: object): object[] => {
    if (open === kind && kind !== "tool_use") return [];
    const left = leave();
    index++;
    open = kind;
    return [...left, { type: "content_block_start", index, content_block: block }];
  };
  const delta = (change: object): object => ({ type: "content_block_delta", index, delta: change });
  const take = (event: AnswerEvent): object[] => {
    switch (event.kind) {
      case "text":
        return [
          ...enter(open === "cited" ? "cited" : "text", { type: "text", text: "" }),
          delta({ type: "text_delta", text: event.text }),
        ];
      case "citation": {
        const started = enter("cited", { type: "text", text: "", citations: [] });
        citations.push(claudeCitation(event.citation));
        return started;
      }
      case "citedEnd":
        return leave();
      case "reasoning":
        return [
          ...enter("thinking", { type: "thinking", thinking: "", signature: "" }),
          delta({ type: "thinking_delta", thinking: event.text }),
        ];
      case "signature":
        return [
          ...enter("thinking", { type: "thinking", thinking: "", signature: "" }),
          delta({ type: "signature_delta", signature: event.signature }),
          ...leave(),
        ];
      case "redacted":
        return [...enter("redacted", { type: "redacted_thinking", data: event.base64 }), ...leave()];
      case "toolUse":
        return enter("tool_use", { type: "tool_use", id: toolId(event.id), name: event.name, input: {} });
      case "toolInput":
        return [delta({ type: "input_json_delta", partial_json: event.json })];
      default:
        return [];
    }
  };
  return {
    begin: () => [
      {
        type: "message_start",
        message: {
          id,
          type: "message",
          role: "assistant",
          model,
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: {
            input_tokens: usage.inputTokens,
            ...(usage.cacheWriteInputTokens !== undefined && {
              cache_creation_input_tokens: usage.cacheWriteInputTokens,
            }),
            ...(usage.cacheReadInputTokens !== undefined && { cache_read_input_tokens: usage.cacheReadInputTokens }),
            output_tokens: 1,
          },
        },
      },
    ],
    take,
    end: (answer) => [
      ...leave(),
      {
        type: "message_delta",
        delta: { stop_reason: stopReason(answer.reason), stop_sequence: answer.stopSequence ?? null },
        usage: { output_tokens: answer.outputTokens },
      },
      { type: "message_stop" },
    ],
  };
}

function contentOf(answer: CollectedAnswer): object[] {
  return answer.content.map((block) => blockOf(parseJson(JSON.stringify(block)), answer.citations.get(block)));
}

function blockOf(block: Json, citations: readonly Citation[] | undefined): object {
  if (citations) {
    const [said] = arrayAt(objectAt(block, "citationsContent"), "content");
    return { type: "text", text: stringAt(said, "text") ?? "", citations: citations.map(claudeCitation) };
  }
  const use = objectAt(block, "toolUse");
  const id = stringAt(use, "toolUseId");
  if (id !== undefined) {
    return { type: "tool_use", id: toolId(id), name: use["name"], input: objectAt(use, "input") };
  }
  const reasoning = objectAt(block, "reasoningContent");
  const data = stringAt(reasoning, "redactedContent");
  if (data !== undefined) return { type: "redacted_thinking", data };
  if (isJsonObject(reasoning["reasoningText"])) {
    const { text, signature } = reasoning["reasoningText"];
    return { type: "thinking", thinking: text, signature: signature ?? "" };
  }
  return { type: "text", text: stringAt(block, "text") ?? "" };
}

function toolId(id: string): string {
  return id.replace(/^tooluse_/, "toolu_bdrk_01");
}

/** A guardrail that blocks leaves no reason to stop. */
function stopReason(reason: StopReason): string | null {
  return reason === "guardrail_intervened" || reason === "content_filtered" ? null : reason;
}

function usageOf(answer: NativeAnswer): object {
  return {
    input_tokens: answer.inputTokens,
    ...(answer.cacheWriteTokens !== undefined && { cache_creation_input_tokens: answer.cacheWriteTokens }),
    ...(answer.cacheReadTokens !== undefined && { cache_read_input_tokens: answer.cacheReadTokens }),
    output_tokens: answer.outputTokens,
  };
}
