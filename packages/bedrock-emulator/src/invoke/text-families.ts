import { randomUUID } from "node:crypto";
import { type Json, stringAt } from "../json.ts";
import type { NativeField } from "./check-fields.ts";
import type { NativeFormat } from "./native-format.ts";
import { stopWord, textFormat } from "./text-format.ts";

const prompt: NativeField = { type: "String", required: true };
const share: NativeField = { type: "Number", min: 0, max: 1 };
const count: NativeField = { type: "Integer", min: 1 };
const list: NativeField = { type: "JSONArray" };

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-text.html */
export const titanFormat: NativeFormat = textFormat({
  prompt: "inputText",
  fields: { inputText: prompt, textGenerationConfig: { type: "JSONObject" } },
  settings: "textGenerationConfig",
  settingFields: {
    maxTokenCount: { type: "Integer", min: 0, max: 8_192 },
    temperature: share,
    topP: share,
    stopSequences: list,
  },
  maxTokens: "maxTokenCount",
  topP: "topP",
  stop: "stopSequences",
  whole: (answer) => ({
    inputTextTokenCount: answer.inputTokens,
    results: [
      {
        tokenCount: answer.outputTokens,
        outputText: answer.text,
        completionReason: stopWord(answer.reason, "FINISH", "LENGTH"),
      },
    ],
  }),
  piece: (text, request, _, first) => ({
    outputText: text,
    index: 0,
    totalOutputTextTokenCount: null,
    completionReason: null,
    inputTextTokenCount: first ? request.inputTokens : null,
  }),
  last: (answer) => ({
    outputText: "",
    index: 0,
    totalOutputTextTokenCount: answer.outputTokens,
    completionReason: stopWord(answer.reason, "FINISH", "LENGTH"),
    inputTextTokenCount: null,
  }),
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-meta.html */
export const llamaFormat: NativeFormat = textFormat({
  prompt: "prompt",
  fields: {
    prompt,
    temperature: share,
    top_p: share,
    max_gen_len: { type: "Integer", min: 1, max: 8_192 },
    images: list,
  },
  maxTokens: "max_gen_len",
  topP: "top_p",
  whole: (answer) => ({
    generation: answer.text,
    prompt_token_count: answer.inputTokens,
    generation_token_count: answer.outputTokens,
    stop_reason: stopWord(answer.reason, "stop", "length"),
  }),
  piece: (text, request, tokens, first) => ({
    generation: text,
    prompt_token_count: first ? request.inputTokens : null,
    generation_token_count: tokens,
    stop_reason: null,
  }),
  last: (answer) => ({
    generation: "",
    prompt_token_count: null,
    generation_token_count: answer.outputTokens,
    stop_reason: stopWord(answer.reason, "stop", "length"),
  }),
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-mistral-text-completion.html */
export const mistralTextFormat: NativeFormat = textFormat({
  prompt: "prompt",
  fields: {
    prompt,
    max_tokens: { type: "Integer", min: 1, max: 8_192 },
    temperature: share,
    top_p: share,
    top_k: { type: "Integer", min: 0 },
    stop: list,
  },
  maxTokens: "max_tokens",
  topP: "top_p",
  stop: "stop",
  whole: (answer) => ({
    outputs: [{ text: answer.text, stop_reason: stopWord(answer.reason, "stop", "length") }],
  }),
  piece: (text) => ({ outputs: [{ text, stop_reason: null }] }),
  last: (answer) => ({ outputs: [{ text: "", stop_reason: stopWord(answer.reason, "stop", "length") }] }),
});

/** DeepSeek-R1: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-deepseek.html */
export const completionFormat: NativeFormat = textFormat({
  prompt: "prompt",
  fields: {
    prompt,
    max_tokens: { type: "Integer", min: 1, max: 32_768 },
    temperature: share,
    top_p: share,
    stop: list,
  },
  maxTokens: "max_tokens",
  topP: "top_p",
  stop: "stop",
  whole: (answer) => ({
    choices: [{ text: answer.text, stop_reason: stopWord(answer.reason, "stop", "length") }],
  }),
  piece: (text) => ({ choices: [{ text, stop_reason: null }] }),
  last: (answer) => ({ choices: [{ text: "", stop_reason: stopWord(answer.reason, "stop", "length") }] }),
});

const cohereSampling = {
  max_tokens: count,
  temperature: { type: "Number", min: 0, max: 5 },
  p: share,
  k: { type: "Number", min: 0 },
  stop_sequences: list,
} as const satisfies Record<string, NativeField>;

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-cohere-command.html */
export const commandFormat: NativeFormat = textFormat({
  prompt: "prompt",
  fields: {
    prompt,
    ...cohereSampling,
    return_likelihoods: { type: "String" },
    stream: { type: "Boolean" },
    num_generations: count,
    logit_bias: { type: "JSONObject" },
    truncate: { type: "String" },
  },
  maxTokens: "max_tokens",
  topP: "p",
  stop: "stop_sequences",
  whole: (answer, request) => ({
    id: randomUUID(),
    generations: [
      { id: randomUUID(), text: answer.text, finish_reason: stopWord(answer.reason, "COMPLETE", "MAX_TOKENS") },
    ],
    prompt: stringAt(request.body, "prompt") ?? "",
  }),
  piece: (text) => ({ text, is_finished: false }),
  last: (answer) => ({ is_finished: true, finish_reason: stopWord(answer.reason, "COMPLETE", "MAX_TOKENS") }),
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-cohere-command-r-plus.html */
export const commandRFormat: NativeFormat = textFormat({
  prompt: "message",
  fields: {
    message: prompt,
    ...cohereSampling,
    chat_history: list,
    documents: list,
    preamble: { type: "String" },
    seed: { type: "Integer" },
    frequency_penalty: share,
    presence_penalty: share,
    search_queries_only: { type: "Boolean" },
    prompt_truncation: { type: "String" },
    raw_prompting: { type: "Boolean" },
    return_prompt: { type: "Boolean" },
  },
  maxTokens: "max_tokens",
  topP: "p",
  stop: "stop_sequences",
  whole: (answer, request) => commandRAnswer(answer.text, answer.reason === "max_tokens", request.body["message"]),
  piece: (text) => ({ is_finished: false, event_type: "text-generation", text }),
  last: (answer, request) => ({
    is_finished: true,
    event_type: "stream-end",
    response: commandRAnswer(answer.text, answer.reason === "max_tokens", request.body["message"]),
    finish_reason: stopWord(answer.reason, "COMPLETE", "MAX_TOKENS"),
  }),
});

function commandRAnswer(text: string, limited: boolean, message: Json | undefined): object {
  return {
    response_id: randomUUID(),
    text,
    generation_id: randomUUID(),
    chat_history: [
      { role: "USER", message },
      { role: "CHATBOT", message: text },
    ],
    finish_reason: limited ? "MAX_TOKENS" : "COMPLETE",
  };
}
