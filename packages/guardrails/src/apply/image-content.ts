import { BedrockError, type ImageContent } from "@clawrock/conversation";
import type { CallContent } from "./apply-call.ts";

/** https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-mmfilter.html */
const MAX_BYTES = 4 * 1024 * 1024;

/** @throws BedrockError of kind `invalid-config` for an image that is neither PNG nor JPEG, holds nothing, or more than 4 MB. */
export function imageContent({ data, mimeType }: ImageContent): CallContent {
  const [, subtype] = /^image\/(png|jpe?g)$/iu.exec(mimeType) ?? [];
  const bytes = Buffer.from(data, "base64");
  if (subtype === undefined) throw invalid(`A guardrail cannot judge an image of type ${JSON.stringify(mimeType)}`);
  if (bytes.length === 0) throw invalid("An image to be judged by a guardrail holds no bytes");
  if (bytes.length > MAX_BYTES) throw invalid(`An image to be judged by a guardrail has ${bytes.length} bytes`);
  const format = subtype.toLowerCase() === "png" ? "png" : "jpeg";
  return { image: { format, source: { bytes } } };
}

function invalid(problem: string): BedrockError {
  return new BedrockError({
    kind: "invalid-config",
    problem,
    fix: "Give a PNG or JPEG image of at most 4 MB as base64",
  });
}
