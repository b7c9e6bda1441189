import type { DocumentContent, UserContent } from "@clawrock/conversation";
import type { InputModality } from "@clawrock/model-capabilities";
import type { ChatCompletionContentPartImage, ChatCompletionContentPartText } from "openai/resources/chat/completions";

export type ContentPart = ChatCompletionContentPartText | ChatCompletionContentPartImage;

/** Formats whose bytes are readable as they are. */
const TEXT_FORMATS = new Set(["txt", "md", "csv", "html"]);

/**
 * Content as chat completions take it. Blank texts are left out; an image for a model without image input and a document
 * in a binary format become a note, so that the model can say what it did not get.
 */
export function contentParts(content: readonly UserContent[], input: readonly InputModality[]): ContentPart[] {
  return content.flatMap((item) => contentPart(item, input));
}

function contentPart(item: UserContent, input: readonly InputModality[]): readonly ContentPart[] {
  switch (item.type) {
    case "text":
      return textPart(item.text);
    case "image":
      if (!input.includes("image")) return textPart("[An image was left out: this model takes no images.]");
      return [{ type: "image_url", image_url: { url: `data:${item.mimeType};base64,${item.data}` } }];
    case "document":
      return textPart(documentText(item));
    case "json":
      return textPart(JSON.stringify(item.json));
    case "video":
      return textPart("[A video was left out: chat completions take none.]");
    case "cachePoint":
      return [];
  }
}

/** The parts as one text if they are all text, as chat completions prefer it. */
export function plainest(parts: readonly ContentPart[]): string | ContentPart[] {
  const texts = parts.flatMap((part) => (part.type === "text" ? part.text : []));
  return texts.length === parts.length ? texts.join("\n") : [...parts];
}

function textPart(text: string): ChatCompletionContentPartText[] {
  return text.trim() === "" ? [] : [{ type: "text", text }];
}

function documentText({ name, format, data, text, chunks }: DocumentContent): string {
  const words = text ?? chunks?.join("\n");
  if (words !== undefined) return `Document "${name}":\n${words}`;
  if (!TEXT_FORMATS.has(format)) {
    return `[The document "${name}" was left out: ${format} cannot be sent over chat completions.]`;
  }
  return `Document "${name}":\n${Buffer.from(data, "base64").toString("utf8")}`;
}
