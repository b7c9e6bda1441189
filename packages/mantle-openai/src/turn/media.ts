import type { DocumentContent, ImageContent, UserContent } from "@clawrock/conversation";
import type { InputModality } from "@clawrock/model-capabilities";

/** Formats whose bytes are readable as they are. */
const TEXT_FORMATS = new Set(["txt", "md", "csv", "html"]);

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  doc: "application/msword",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xls: "application/vnd.ms-excel",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** Content in the only three forms that these APIs know. */
export type Sendable =
  | { readonly kind: "text"; readonly text: string }
  /** Base64 of an image of this media type. */
  | { readonly kind: "image"; readonly mediaType: string; readonly data: string }
  | SendableDocument;

/** A document: its base64, or its words where it is one of text. */
export interface SendableDocument {
  readonly kind: "document";
  readonly name: string;
  readonly format: string;
  readonly data: string;
  readonly words: string | undefined;
  /** What the model is told about it. */
  readonly context: string | undefined;
  readonly cited: boolean;
}

/**
 * What can be sent of a piece of content. What the model or the API does not take becomes a note, so that the model can say what
 * it did not get. Undefined for what says nothing: blanks and cache points.
 */
export function sendable(part: UserContent, input: readonly InputModality[]): Sendable | undefined {
  switch (part.type) {
    case "text":
      return part.text.trim() === "" ? undefined : { kind: "text", text: part.text };
    case "json":
      return { kind: "text", text: JSON.stringify(part.json) };
    case "image":
      return image(part, input);
    case "document":
      return document(part, input);
    case "video":
      return note("A video was left out: it cannot be sent over this API.");
    case "cachePoint":
      return undefined;
  }
}

/** A data URL of base64. */
export function dataUrl(mediaType: string, data: string): string {
  return `data:${mediaType};base64,${data}`;
}

export function documentMediaType(format: string): string {
  return MEDIA_TYPES[format] ?? "application/octet-stream";
}

function image({ s3, data, mimeType }: ImageContent, input: readonly InputModality[]): Sendable {
  if (!input.includes("image")) return note("An image was left out: this model takes no images.");
  if (s3 && data === "") return note("An image was left out: images in S3 cannot be sent over this API.");
  return { kind: "image", mediaType: mimeType.toLowerCase().replace(/^image\/jpg$/u, "image/jpeg"), data };
}

function document(part: DocumentContent, input: readonly InputModality[]): Sendable {
  const { name, format, data, s3, context } = part;
  const words = wordsOf(part);
  if (words === undefined && s3 && data === "") {
    return note(`The document "${name}" was left out: documents in S3 cannot be sent over this API.`);
  }
  const about = context ? ` (${context})` : "";
  if (input.includes("document") && words?.trim() !== "")
    return { kind: "document", name, format, data, words, context, cited: part.citations === true };
  if (words === undefined)
    return note(`The document "${name}" was left out: ${format} cannot be sent to this model here.`);
  return { kind: "text", text: `Document "${name}"${about}:\n${words}` };
}

function wordsOf({ text, chunks, format, data }: DocumentContent): string | undefined {
  if (text !== undefined) return text;
  if (chunks) return chunks.join("\n");
  return TEXT_FORMATS.has(format) && data !== "" ? Buffer.from(data, "base64").toString("utf8") : undefined;
}

function note(text: string): Sendable {
  return { kind: "text", text: `[${text}]` };
}
