import { countTokens } from "../engine/tokens.ts";
import { invalid } from "../http/service-error.ts";
import { nativeRefusal } from "../invoke/native-refusals.ts";
import { type JsonObject, objectAt, stringAt } from "../json.ts";
import type { EmbeddingAnswer } from "./embed.ts";
import { embeddingRefusal } from "./embedding-refusals.ts";
import { refuseOther, requiredKey } from "./malformed.ts";
import { average, embedText } from "./vector.ts";

/**
 * TwelveLabs Marengo Embed 2.7, whose request is flat and whose vectors have 1024 dimensions
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-marengo.html).
 */
export function embedMarengo27(body: JsonObject): EmbeddingAnswer {
  refuseOther(body["inputType"], ["text", "image"], "inputType");
  if (body["textTruncate"] !== undefined) refuseOther(body["textTruncate"], ["end", "none"], "textTruncate");
  const text = stringAt(body, "inputText");
  const source = body["inputType"] === "text" ? text : mediaOf(objectAt(body, "mediaSource"));
  if (source === undefined) throw requiredKey(body["inputType"] === "text" ? "inputText" : "mediaSource");
  const tokens = text === undefined ? 0 : countTokens(text);
  if (tokens > 77 && body["textTruncate"] === "none") throw invalid(embeddingRefusal("marengo-tokens", 77, tokens));
  return { tokens, body: { data: [{ embedding: embedText(source, 1_024), embeddingOption: null, startSec: null }] } };
}

/**
 * Marengo Embed 3.0, whose request is nested by `inputType` and whose vectors have 512 dimensions
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-marengo-3.html).
 */
export function embedMarengo3(body: JsonObject): EmbeddingAnswer {
  const type = stringAt(body, "inputType") ?? "";
  refuseOther(type, ["text", "image", "text_image"], "inputType");
  if (body["inputText"] !== undefined) throw invalid(nativeRefusal("native-key-unknown", "#", "inputText"));
  const part = objectAt(body, type);
  if (body[type] === undefined) throw requiredKey(type);
  const text = stringAt(part, "inputText");
  const media = mediaOf(objectAt(part, "mediaSource"));
  if (type !== "image" && !text) throw requiredKey("inputText", `#/${type}`);
  if (type !== "text" && media === undefined) throw requiredKey("mediaSource", `#/${type}`);
  const tokens = text === undefined ? 0 : countTokens(text);
  if (tokens > 500) throw invalid(embeddingRefusal("marengo-tokens", 500, tokens));
  const vectors = [text, media].flatMap((words) => (words === undefined ? [] : [embedText(words, 512)]));
  return { tokens, body: { data: [{ embedding: average(vectors) }] } };
}

function mediaOf(source: JsonObject): string | undefined {
  return stringAt(source, "base64String") ?? stringAt(objectAt(source, "s3Location"), "uri");
}
