import type { ContentBlock, DocumentFormat, ImageFormat } from "@aws-sdk/client-bedrock-runtime";
import { BedrockError, type DocumentContent, type ImageContent } from "@clawrock/conversation";

const IMAGE_FORMATS: Readonly<Record<string, ImageFormat>> = {
  "image/png": "png",
  "image/jpeg": "jpeg",
  "image/jpg": "jpeg",
  "image/gif": "gif",
  "image/webp": "webp",
};

/** @throws BedrockError of kind `invalid-request` for a type Bedrock does not take, or data that is not base64 */
export function imageOf(part: ImageContent): NonNullable<ContentBlock["image"]> {
  const format = IMAGE_FORMATS[part.mimeType.toLowerCase()];
  if (!format) {
    const problem = `An image has the type "${part.mimeType}", which Bedrock does not take`;
    throw new BedrockError({ kind: "invalid-request", problem, fix: "Convert it to png, jpeg, gif or webp" });
  }
  return { format, source: { bytes: bytesOf(part.data, "an image") } };
}

/**
 * Names for the documents of one request: in the service's alphabet (letters, digits, single spaces, hyphens, parentheses
 * and brackets, at most 200) and each only once.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_DocumentBlock.html
 */
export class DocumentNames {
  readonly #taken = new Set<string>();

  take(name: string): string {
    const clean =
      name
        .replace(/[^\p{L}\p{N}\s()[\]-]+/gu, "-")
        .replace(/\s+/gu, " ")
        .trim()
        .slice(0, 190) || "document";
    let free = clean;
    for (let n = 2; this.#taken.has(free); n++) free = `${clean} (${n})`;
    this.#taken.add(free);
    return free;
  }
}

export function documentOf(part: DocumentContent, names: DocumentNames): NonNullable<ContentBlock["document"]> {
  const bytes = bytesOf(part.data, `document "${part.name}"`);
  return { format: part.format as DocumentFormat, name: names.take(part.name), source: { bytes } };
}

function bytesOf(base64: string, what: string): Buffer {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length > 0) return bytes;
  const problem = `The data of ${what} is empty or not base64`;
  throw new BedrockError({ kind: "invalid-request", problem, fix: "Send its bytes as base64" });
}
