import type { ImageContent, TextContent, VideoContent } from "@clawrock/conversation";
import { bytesOf, withoutDataUrl } from "./base64.ts";
import { note, type RepairContext, shown, takes } from "./repair-context.ts";
import { type SniffedImage, sniffImage } from "./sniff-image.ts";

/** What is told to the model instead of something it does not get. */
export function leftOut(
  what: string,
  why: string,
  context: RepairContext,
  at: number,
  block: number | undefined,
): TextContent {
  note(context, "media-left-out", at, block, `${what} was left out: ${why}`);
  return { type: "text", text: `(${what} was left out: ${why}.)` };
}

/** 3.75 MB, as every model that sees images takes them. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html */
const IMAGE_BYTES = 3_932_160;
const IMAGE_PIXELS = 8000;
const MEGABYTE = 1024 * 1024;

export function repairImage(
  part: ImageContent,
  context: RepairContext,
  at: number,
  block: number,
): ImageContent | TextContent | undefined {
  const { capabilities } = context;
  const refused = (why: string): TextContent => leftOut("An image", why, context, at, block);
  if (!takes("image", capabilities)) return refused("this model takes none");
  if (part.s3) {
    if (!readsS3("image", context)) return refused("this model reads none from S3");
    return formatOfMime(part.mimeType) ? part : refused(`Bedrock does not take the type ${shown(part.mimeType)}`);
  }
  const data = withoutDataUrl(part.data);
  if (data.trim() === "") {
    note(context, "blank-dropped", at, block, "the image is empty");
    return undefined;
  }
  const bytes = bytesOf(data);
  if (!bytes) return refused("its data is not base64");
  const seen = sniffImage(bytes);
  if (!seen) return refused(brokenImage(part.mimeType));
  const tooLarge = imageTooLarge(seen, bytes.length, context);
  if (tooLarge) return refused(tooLarge);
  const mimeType = `image/${seen.format}`;
  if (formatOfMime(part.mimeType) === seen.format && data === part.data) return part;
  note(context, "media-format-corrected", at, block, `the image of type ${part.mimeType} is ${mimeType}`);
  return { ...part, data, mimeType };
}

function brokenImage(mimeType: string): string {
  return formatOfMime(mimeType)
    ? "its bytes are those of no image that Bedrock takes"
    : `Bedrock does not take the type ${shown(mimeType)}; convert it to png, jpeg, gif or webp`;
}

function imageTooLarge(
  { width = 0, height = 0 }: SniffedImage,
  bytes: number,
  { capabilities }: RepairContext,
): string {
  const { maxImageBytes = IMAGE_BYTES, maxImagePixels = IMAGE_PIXELS } = capabilities.mediaLimits?.value ?? {};
  if (bytes > maxImageBytes) {
    return `its ${(bytes / MEGABYTE).toFixed(2)} MB are more than ${(maxImageBytes / MEGABYTE).toFixed(2)} MB`;
  }
  const side = Math.max(width, height);
  return side > maxImagePixels ? `its ${side} pixels a side are more than ${maxImagePixels}` : "";
}

export function formatOfMime(mimeType: string): SniffedImage["format"] | undefined {
  switch (mimeType.toLowerCase()) {
    case "image/png":
      return "png";
    case "image/jpeg":
    case "image/jpg":
      return "jpeg";
    case "image/gif":
      return "gif";
    case "image/webp":
      return "webp";
    default:
      return undefined;
  }
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_VideoBlock.html */
const VIDEO_FORMATS = ["mkv", "mov", "mp4", "webm", "flv", "mpeg", "mpg", "wmv", "three_gp"] as const;
const VIDEO_ALIASES: Readonly<Record<string, string>> = {
  "3gp": "three_gp",
  "3gpp": "three_gp",
  quicktime: "mov",
  "x-matroska": "mkv",
  "x-flv": "flv",
  "x-ms-wmv": "wmv",
};
const VIDEO_BASE64 = 25 * MEGABYTE;

export function repairVideo(
  part: VideoContent,
  context: RepairContext,
  at: number,
  block: number,
): VideoContent | TextContent | undefined {
  const refused = (why: string): TextContent => leftOut("A video", why, context, at, block);
  if (!takes("video", context.capabilities)) return refused("this model takes none");
  const word = part.format.toLowerCase().replace(/^video\//u, "");
  const format = Object.hasOwn(VIDEO_ALIASES, word) ? VIDEO_ALIASES[word] : word;
  if (!VIDEO_FORMATS.some((known) => known === format))
    return refused(`Bedrock does not take the format ${shown(part.format)}`);
  const data = withoutDataUrl(part.data);
  if (part.s3) {
    if (!readsS3("video", context)) return refused("this model reads none from S3");
  } else {
    if (data.trim() === "") {
      note(context, "blank-dropped", at, block, "the video is empty");
      return undefined;
    }
    if (!bytesOf(data)) return refused("its data is not base64");
    if (data.length > VIDEO_BASE64) return refused("it is larger than 25 MB; put it into S3");
  }
  if (format === part.format && data === part.data) return part;
  note(context, "media-format-corrected", at, block, `the video of format ${part.format} is ${format}`);
  return { ...part, data, format: format ?? part.format };
}

/** Where nobody knows, the service is asked. */
export function readsS3(what: "image" | "document" | "video", { capabilities }: RepairContext): boolean {
  return capabilities.mediaRules?.value.s3.includes(what) ?? true;
}
