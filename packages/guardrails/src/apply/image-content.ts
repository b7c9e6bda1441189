import { BedrockError, type ImageContent } from "@clawrock/conversation";
import type { CallContent } from "./apply-call.ts";

/** @throws BedrockError of kind `invalid-config` for an image of another format than PNG and JPEG, or without bytes. */
export function imageContent({ data, mimeType }: ImageContent): CallContent {
  const [, subtype] = /^image\/(png|jpe?g)$/iu.exec(mimeType) ?? [];
  const bytes = Buffer.from(data, "base64");
  if (subtype === undefined || bytes.length === 0) {
    const problem =
      subtype === undefined
        ? `A guardrail cannot judge an image of type ${JSON.stringify(mimeType)}`
        : "An image to be judged by a guardrail holds no bytes";
    throw new BedrockError({ kind: "invalid-config", problem, fix: "Give a PNG or JPEG image as base64" });
  }
  const format = subtype.toLowerCase() === "png" ? "png" : "jpeg";
  return { image: { format, source: { bytes } } };
}
