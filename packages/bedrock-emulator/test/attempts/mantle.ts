import type { mantleRefusal } from "../../src/mantle/mantle-refusals.ts";
import type { IdsOf } from "../../src/refusals/tables.ts";
import { attempt, type RefusalAttempt, said } from "./attempt.ts";

const model = "openai.gpt-oss-120b";
const chat = (body: unknown, message: RegExp, status = 400) =>
  attempt("/v1/chat/completions", { body }, status, message);
const respond = (body: unknown, message: RegExp) => attempt("/v1/responses", { body }, 400, message);
const told = (message: unknown, words: RegExp) => chat({ model, messages: [message] }, words);
const put = (item: unknown, words: RegExp) => respond({ model, input: [item] }, words);

export const mantleAttempts: Record<IdsOf<typeof mantleRefusal>, readonly RefusalAttempt[]> = {
  "mantle-path": [
    attempt("/v1/nothing", {}, 404, /"Unknown path: GET \/v1\/nothing"/),
    attempt("/runtime/openai/v1/models", {}, 404, /Unknown path/),
    attempt("/anthropic/v1/nothing", {}, 404, /"type":"not_found_error"/),
  ],
  "mantle-body": [chat("{", /We could not parse the JSON body/), respond("[]", /We could not parse the JSON body/)],
  "messages-body": [attempt("/anthropic/v1/messages", { body: "{" }, 400, /The request body is not valid JSON/)],
  "messages-output-format": [
    attempt(
      "/anthropic/v1/messages",
      {
        body: {
          model: "anthropic.claude-opus-4-7",
          max_tokens: 9,
          messages: said,
          output_config: { format: { type: "json_schema", schema: { type: "object" } } },
        },
      },
      400,
      /"invalid_request_error","message":"output_config\.format: Extra inputs are not permitted"/,
    ),
  ],
  "mantle-model-missing": [
    chat({ messages: said }, /"you must provide a model parameter","param":"model"/),
    attempt("/anthropic/v1/messages", { body: {} }, 400, /you must provide a model parameter/),
  ],
  "mantle-model-unknown": [
    chat(
      { model: "no.such", messages: said },
      /"code":"model_not_found","message":"The model 'no\.such' does not exist"/,
      404,
    ),
    attempt("/runtime/openai/v1/chat/completions", { body: { model, messages: said } }, 404, /does not exist/),
  ],
  "mantle-route": [
    chat({ model: "xai.grok-4.3", messages: said }, /model `xai\.grok-4\.3` isn't supported on this route/),
    attempt(
      "/anthropic/v1/messages",
      { body: { model, max_tokens: 1, messages: said } },
      400,
      /isn't supported on this route/,
    ),
  ],
  "mantle-api": [
    attempt(
      "/openai/v1/chat/completions",
      { body: { model: "openai.gpt-5.5", messages: said } },
      400,
      /The model 'openai\.gpt-5\.5' does not support the '\/v1\/chat\/completions' API/,
    ),
    respond({ model: "qwen.qwen3-32b", input: "x" }, /does not support the '\/v1\/responses' API/),
  ],
  "parameter-missing": [
    chat({ model, messages: said, tools: [{}] }, /Missing required parameter: 'tools\[\]\.function\.name'/),
    told({ role: "tool", content: "x" }, /Missing required parameter: 'messages\[\]\.tool_call_id'/),
    respond({ model }, /Missing required parameter: 'input'/),
    respond({ model, input: "x", tools: [{ type: "function" }] }, /Missing required parameter: 'tools\[\]\.name'/),
    put({ type: "function_call_output", output: "x" }, /Missing required parameter: 'input\[\]\.call_id'/),
  ],
  "parameter-type": [
    chat(
      { model, messages: "x" },
      /Invalid type for 'messages': expected an array of objects, but got a string instead\./,
    ),
    respond({ model, input: 5 }, /Invalid type for 'input': .* but got a number instead\./),
    respond({ model, input: null }, /Invalid type for 'input': .* but got null instead\./),
  ],
  "parameter-empty": [
    chat({ model, messages: [] }, /Invalid 'messages': empty array/),
    chat({ model }, /Invalid 'messages': empty array/),
    respond({ model, input: [] }, /Invalid 'input': empty array/),
  ],
  "parameter-value": [
    told({ role: "robot", content: "x" }, /Invalid value: 'robot'\. Supported values are: 'system', 'assistant'/),
    put({ role: "robot", content: "x" }, /Invalid value: 'robot'\. Supported values are: 'assistant', 'system'/),
  ],
  "item-type": [put({ type: "dream" }, /Invalid value: 'dream' is no type of an input item/)],
  "parameter-unknown": [respond({ model, input: "x", nope: 1 }, /"Unknown parameter: 'nope'\.","param":"nope"/)],
  "previous-response": [
    respond({ model, input: "x", previous_response_id: "resp_1" }, /Previous response with id 'resp_1' not found/),
  ],
};
