import type { Call } from "../call.ts";
import { countInput, countTokens } from "../engine/tokens.ts";
import { jsonObjectBody } from "../http/received.ts";
import { sendJson } from "../http/respond.ts";
import { invalid } from "../http/service-error.ts";
import { arrayAt, isJsonObject, type Json, parseJson, stringAt } from "../json.ts";
import { modelRefusal } from "../models/model-refusals.ts";
import { checkShape } from "../validation/check-shape.ts";
import { converseShape } from "../validation/converse-shape.ts";
import { converseTurn } from "./to-turn.ts";

/**
 * `POST /model/{modelId}/count-tokens`, for the base ids of Claude 3.5 and later
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html). A profile-only model is counted by its base id too.
 */
export function countTokensOperation(call: Call, modelId: string): void {
  const unsupported = modelRefusal("count-unsupported");
  const known = call.state.catalog.models.find((row) => row.modelId === modelId);
  if (!known) {
    call.state.catalog.address(modelId, call.region);
    throw invalid(unsupported);
  }
  if (known.providerName !== "Anthropic" || known.behaviour === "claude3") throw invalid(unsupported);
  const input = jsonObjectBody(call.received)["input"];
  const converse = isJsonObject(input) ? input["converse"] : undefined;
  const invoke = isJsonObject(input) ? input["invokeModel"] : undefined;
  if (isJsonObject(converse)) {
    checkShape(converse, converseShape);
    const model = { requestedId: modelId, modelId, streaming: true, latencyOptimized: false, indirect: false };
    answer(call, countInput(converseTurn(converse, model)));
    return;
  }
  const body = isJsonObject(invoke) ? stringAt(invoke, "body") : undefined;
  if (body === undefined) {
    throw invalid(modelRefusal("count-input-missing"));
  }
  const native = nativeBody(body);
  refuseServerTools(native);
  answer(call, countTokens(JSON.stringify(native)));
}

/** More is not counted, whatever the model's window. */
const maxTokens = 200_000;

function answer(call: Call, inputTokens: number): void {
  if (inputTokens > maxTokens) throw invalid(modelRefusal("count-too-long", inputTokens));
  sendJson(call.reply, 200, { inputTokens });
}

function nativeBody(base64: string): Json {
  try {
    return parseJson(Buffer.from(base64, "base64").toString("utf8"));
  } catch {
    throw invalid(modelRefusal("count-body"));
  }
}

const countedTools = [
  "bash_20250124",
  "custom",
  "text_editor_20250124",
  "text_editor_20250429",
  "text_editor_20250728",
];

/** Tools of Anthropic's own servers are not on Bedrock. */
function refuseServerTools(native: Json): void {
  for (const [index, tool] of arrayAt(native, "tools").entries()) {
    const type = stringAt(tool, "type") ?? "custom";
    if (countedTools.includes(type)) continue;
    throw invalid(modelRefusal("count-server-tool", index, type, countedTools));
  }
}
