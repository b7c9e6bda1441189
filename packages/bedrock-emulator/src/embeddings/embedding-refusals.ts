import { assumed, documented, reported } from "../refusals/provenance.ts";
import { refusalTable } from "../refusals/refusal-table.ts";

const malformed = (problem: string): string =>
  `Malformed input request: ${problem}, please reformat your input and try again.`;

export const embeddingRefusal = refusalTable("Embeddings", {
  "titan-empty": {
    refuses: "Titan: an empty text.",
    provenance: assumed,
    says: () => malformed("expected minLength: 1, actual: 0"),
  },
  "titan-tokens": {
    refuses: "Titan: more tokens than the model takes (8192, of the multimodal one 256).",
    provenance: reported("aws-samples/amazon-bedrock-workshop#136"),
    says: (max: number, tokens: number) =>
      `400 Bad Request: Too many input tokens. Max input tokens: ${max}, request input token count: ${tokens}`,
  },
  "titan-image": {
    refuses: "Titan Multimodal: an image of more than 25 MB.",
    provenance: reported("video-semantic-search#4"),
    says: () => "400 Bad Request: Image exceeds max pixels allowed.",
  },
  "nova-tokens": {
    refuses: "Nova: more than 8192 tokens, with the truncation mode NONE.",
    provenance: assumed,
    says: (max: number, tokens: number) => `Input text is too long: ${tokens} tokens, the maximum is ${max}.`,
  },
  "marengo-tokens": {
    refuses: "Marengo: more than 77 tokens without truncation (2.7), more than 500 (3.0).",
    provenance: documented("https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-marengo.html"),
    says: (max: number, tokens: number) => `Input text exceeds the maximum of ${max} tokens: ${tokens}.`,
  },
  "cohere-several-inputs": {
    refuses: "Cohere: two kinds of input at once.",
    provenance: assumed,
    says: (kinds: readonly string[]) => malformed(`#: only one of [${kinds.join(", ")}] is permitted`),
  },
  "cohere-image-type": {
    refuses: "Cohere: images whose input type is not `image`.",
    provenance: assumed,
    says: () => malformed("#/input_type: images need the input_type image"),
  },
  "cohere-count": {
    refuses: "Cohere: more than 96 texts, or (v3) more than one image.",
    provenance: documented("https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed-v3.html"),
    says: (kind: string, max: number, found: number) =>
      malformed(`#/${kind}: expected maximum item count: ${max}, found: ${found}`),
  },
  "cohere-max-tokens": {
    refuses: "Cohere v4: a max_tokens outside of 1 to 128000.",
    provenance: documented("https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed-v4.html"),
    says: (value: number) => malformed(`#/max_tokens: ${value} is not less or equal to 128000`),
  },
  "cohere-text-length": {
    refuses: "Cohere v3: a text of more than 2048 characters.",
    provenance: reported("ScrapeGraphAI/Scrapegraph-ai#400"),
    says: (index: number, max: number, length: number) =>
      malformed(`#/texts/${index}: expected maxLength: ${max}, actual: ${length}`),
  },
});
