import type { UserContent } from "@clawrock/conversation";
import type { InputModality } from "@clawrock/model-capabilities";
import type {
  ChatCompletionContentPart,
  ChatCompletionContentPartImage,
  ChatCompletionContentPartText,
} from "openai/resources/chat/completions";
import { dataUrl, documentMediaType, sendable } from "../turn/media.ts";

export type ContentPart =
  | ChatCompletionContentPartText
  | ChatCompletionContentPartImage
  | ChatCompletionContentPart.File;

/** Content as chat completions take it. Documents of text go as text. */
export function contentParts(content: readonly UserContent[], input: readonly InputModality[]): ContentPart[] {
  return content.flatMap((item) => contentPart(item, input));
}

function contentPart(item: UserContent, input: readonly InputModality[]): ContentPart[] {
  const part = sendable(item, input);
  switch (part?.kind) {
    case undefined:
      return [];
    case "text":
      return [{ type: "text", text: part.text }];
    case "image":
      return [{ type: "image_url", image_url: { url: dataUrl(part.mediaType, part.data) } }];
    case "document": {
      const { name, format, data, words } = part;
      if (words !== undefined) return [{ type: "text", text: `Document "${name}":\n${words}` }];
      const file_data = dataUrl(documentMediaType(format), data);
      return [{ type: "file", file: { filename: `${name}.${format}`, file_data } }];
    }
  }
}

/** The parts as one text if they are all text, as chat completions prefer it. */
export function plainest(parts: readonly ContentPart[]): string | ContentPart[] {
  const texts = parts.flatMap((part) => (part.type === "text" ? part.text : []));
  return texts.length === parts.length ? texts.join("\n") : [...parts];
}
