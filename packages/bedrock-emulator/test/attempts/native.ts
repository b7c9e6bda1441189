import type { embeddingRefusal } from "../../src/embeddings/embedding-refusals.ts";
import type { nativeRefusal } from "../../src/invoke/native-refusals.ts";
import type { IdsOf } from "../../src/refusals/tables.ts";
import { type RefusalAttempt, said, toModel } from "./attempt.ts";

const titan = "amazon.titan-text-express-v1";
const llama = "us.meta.llama3-3-70b-instruct-v1:0";
const embedder = "amazon.titan-embed-text-v2:0";
const cohere = "cohere.embed-english-v3";
const cohere4 = "cohere.embed-v4:0";
const novaEmbed = "amazon.nova-2-multimodal-embeddings-v1:0";
const marengo27 = "us.twelvelabs.marengo-embed-2-7-v1:0";
const marengo3 = "twelvelabs.marengo-embed-3-0-v1:0";
const multimodal = "amazon.titan-embed-image-v1";
const invoke = (modelId: string, body: unknown, message: RegExp) => toModel(modelId, "invoke", body, message);
const novaBody = (text: object, more: object = {}) => ({
  taskType: "SINGLE_EMBEDDING",
  singleEmbeddingParams: { embeddingPurpose: "GENERIC_INDEX", text, ...more },
});

export const nativeAttempts: Record<IdsOf<typeof nativeRefusal>, readonly RefusalAttempt[]> = {
  "native-body": [invoke(titan, "5", /"Malformed input request, please reformat your input and try again\."/)],
  "native-key-missing": [
    invoke(titan, {}, /#: required key \[inputText\] not found/),
    invoke(embedder, {}, /#: required key \[inputText\] not found/),
    invoke(multimodal, {}, /#: required key \[inputText\] not found/),
    invoke(cohere, { texts: ["x"] }, /#: required key \[input_type\] not found/),
    invoke(cohere, { input_type: "search_query" }, /#: required key \[texts\] not found/),
    invoke(novaEmbed, { taskType: "SINGLE_EMBEDDING" }, /required key \[singleEmbeddingParams\] not found/),
    invoke(novaEmbed, novaBody({ truncationMode: "END" }), /required key \[value\] not found/),
    invoke(marengo27, { inputType: "text" }, /required key \[inputText\] not found/),
    invoke(marengo27, { inputType: "image" }, /required key \[mediaSource\] not found/),
    invoke(marengo3, { inputType: "text" }, /#: required key \[text\] not found/),
    invoke(marengo3, { inputType: "text", text: {} }, /#\/text: required key \[inputText\] not found/),
    invoke(marengo3, { inputType: "image", image: {} }, /#\/image: required key \[mediaSource\] not found/),
  ],
  "native-key-unknown": [
    invoke(titan, { inputText: "Hello", other: 1 }, /#: extraneous key \[other\] is not permitted/),
    invoke(titan, { inputText: "Hello", constructor: 1 }, /#: extraneous key \[constructor\] is not permitted/),
    invoke(embedder, { inputText: "x", other: 1 }, /extraneous key \[other\]/),
    invoke("amazon.titan-embed-text-v1", { inputText: "x", dimensions: 256 }, /extraneous key \[dimensions\]/),
    invoke(marengo3, { inputType: "text", inputText: "x" }, /extraneous key \[inputText\]/),
  ],
  "native-type": [
    invoke(titan, { inputText: 1 }, /expected type: String, found: Integer/),
    invoke("qwen.qwen3-32b-v1:0", { messages: "x" }, /#\/messages: expected type: JSONArray, found: String/),
  ],
  "native-minimum": [
    invoke("qwen.qwen3-32b-v1:0", { messages: said, max_tokens: 0 }, /0 is not greater or equal to 1/),
  ],
  "native-maximum": [invoke(llama, { prompt: "Hello", temperature: 7 }, /#\/temperature: 7 is not less or equal to/)],
  "native-enum": [
    invoke(cohere, { input_type: "other", texts: ["x"] }, /#\/input_type: other is not a valid enum value/),
    invoke(embedder, { inputText: "x", dimensions: 5 }, /#\/dimensions: 5 is not a valid enum value/),
  ],
};

export const embeddingAttempts: Record<IdsOf<typeof embeddingRefusal>, readonly RefusalAttempt[]> = {
  "titan-empty": [invoke(embedder, { inputText: "" }, /expected minLength: 1, actual: 0/)],
  "titan-tokens": [
    invoke(embedder, { inputText: "one ".repeat(9_000) }, /Max input tokens: 8192, request input token count: 9000"/),
    invoke(multimodal, { inputText: "one ".repeat(300) }, /Max input tokens: 256, request input token count: 300"/),
  ],
  "titan-image": [
    invoke(
      multimodal,
      { inputImage: Buffer.alloc(27_000_000).toString("base64") },
      /Image exceeds max pixels allowed\./,
    ),
  ],
  "nova-tokens": [
    invoke(novaEmbed, novaBody({ truncationMode: "NONE", value: "one ".repeat(9_000) }), /maximum is 8192/),
  ],
  "marengo-tokens": [
    invoke(
      marengo27,
      { inputType: "text", inputText: "one ".repeat(80), textTruncate: "none" },
      /maximum of 77 tokens: 80/,
    ),
    invoke(marengo3, { inputType: "text", text: { inputText: "one ".repeat(501) } }, /maximum of 500 tokens: 501/),
  ],
  "cohere-several-inputs": [
    invoke(cohere4, { input_type: "image", texts: ["x"], images: ["y"] }, /only one of \[texts, images\] is permitted/),
  ],
  "cohere-image-type": [invoke(cohere4, { input_type: "search_query", images: ["y"] }, /images need the input_type/)],
  "cohere-count": [
    invoke(cohere, { input_type: "search_query", texts: Array(97).fill("x") }, /#\/texts: .* count: 96, found: 97/),
    invoke(cohere, { input_type: "image", images: ["x", "y"] }, /#\/images: .* count: 1, found: 2/),
  ],
  "cohere-max-tokens": [
    invoke(cohere4, { input_type: "search_query", texts: ["x"], max_tokens: 128_001 }, /128001 is not less or equal/),
  ],
  "cohere-text-length": [
    invoke(
      cohere,
      { input_type: "search_query", texts: ["x".repeat(2_049)] },
      /#\/texts\/0: expected maxLength: 2048, actual: 2049/,
    ),
  ],
};
