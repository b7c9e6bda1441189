import { type JsonObject, objectAt, stringAt } from "../json.ts";
import { recorded, reported } from "../refusals/provenance.ts";
import { contentBlocks, firstOf, memberOf, resultBlocks } from "./blocks.ts";
import { type ConverseRule, fromModel } from "./rule.ts";
import { sniffImage } from "./sniff-image.ts";

interface PlacedImage {
  readonly image: JsonObject;
  readonly path: string;
}

/** Images of messages and of tool results. */
function imagesOf(body: JsonObject): PlacedImage[] {
  return contentBlocks(body).flatMap(({ block, path }) => {
    const own = memberOf(block, "image");
    const inResult = resultBlocks(block).flatMap((part, index) => {
      const image = memberOf(part, "image");
      return image ? [{ image, path: `${path}.toolResult.content.${index}` }] : [];
    });
    return own ? [{ image: own, path }, ...inResult] : inResult;
  });
}

function base64Of(image: JsonObject): string | undefined {
  return stringAt(objectAt(image, "source"), "bytes");
}

/** What Claude counts: the length in base64. */
const maxImageBase64 = 5_242_880;
const maxImageSide = 8_000;
/** Beyond so many images, each has to be smaller. */
const manyImages = 20;
const maxSideOfMany = 2_000;

/** Rules of images, documents in S3 and videos of single vendors. */
export const mediaRules: readonly ConverseRule[] = [
  {
    id: "image-s3",
    refuses: "An image in S3, on Claude.",
    provenance: recorded,
    check: ({ body, behaviour }) =>
      behaviour.vendor === "anthropic" &&
      imagesOf(body).some(({ image }) => objectAt(image, "source")["s3Location"] !== undefined)
        ? "This model doesn't support the s3Uri field. Remove s3Uri and try again."
        : undefined,
  },
  {
    id: "document-s3",
    refuses: "A document in S3, on Claude.",
    provenance: recorded,
    check: ({ body, behaviour }) =>
      behaviour.vendor !== "anthropic"
        ? undefined
        : firstOf(contentBlocks(body), ({ block, path }) =>
            objectAt(memberOf(block, "document"), "source")["s3Location"] === undefined
              ? undefined
              : `${fromModel}${path}.document.source.type: Field required`,
          ),
  },
  {
    id: "nova-video-in-result",
    refuses: "A video in a tool result, on Nova.",
    provenance: recorded,
    check: ({ body, model }) =>
      !model.modelId.startsWith("amazon.nova")
        ? undefined
        : firstOf(contentBlocks(body), ({ block, message, index }) =>
            resultBlocks(block).some((part) => part["video"] !== undefined)
              ? `${fromModel}Malformed input request: #/messages/${message}/content/${index}: extraneous key [toolResult] is not permitted, please reformat your input and try again.`
              : undefined,
          ),
  },
  {
    id: "image-count",
    refuses: "More than 20 images and documents, on Claude before 4 (the documentation no longer names a count).",
    provenance: reported("boto/boto3#4632"),
    check: ({ body, behaviour }) => {
      const limit = behaviour.maxMedia ?? Number.POSITIVE_INFINITY;
      const images = imagesOf(body).length;
      const documents = contentBlocks(body).filter(({ block }) => block["document"] !== undefined).length;
      if (images > limit) return `${fromModel}messages: too many images: image_count > ${limit}`;
      return images > 0 && images + documents > limit
        ? `${fromModel}messages: too many images and documents: ${images} + ${documents} > ${limit}`
        : undefined;
    },
  },
  {
    id: "image-too-large",
    refuses: "An image of more than 5 MB in base64, on Claude.",
    provenance: reported("aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws#778"),
    check: ({ body, behaviour }) =>
      behaviour.vendor !== "anthropic"
        ? undefined
        : firstOf(imagesOf(body), ({ image, path }) => {
            const length = base64Of(image)?.length ?? 0;
            return length > maxImageBase64
              ? `${fromModel}${path}.image.source.bytes: image exceeds 5 MB maximum: ${length} bytes > ${maxImageBase64} bytes`
              : undefined;
          }),
  },
  {
    id: "image-format",
    refuses: "An image whose bytes are of another format than declared, on Claude.",
    provenance: reported("aws-samples/amazon-bedrock-client-for-mac#130"),
    check: ({ body, behaviour }) =>
      behaviour.vendor !== "anthropic"
        ? undefined
        : firstOf(imagesOf(body), ({ image, path }) => {
            const declared = stringAt(image, "format");
            const actual = sniffImage(Buffer.from(base64Of(image) ?? "", "base64"))?.format;
            return actual !== undefined && actual !== declared
              ? `${fromModel}${path}.image.source.bytes: The image was specified using the image/${declared} media type, but the image appears to be a image/${actual} image`
              : undefined;
          }),
  },
  {
    id: "image-pixels",
    refuses: "An image of more than 8000 pixels a side, on Claude.",
    provenance: reported("aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws#998"),
    check: ({ body, behaviour }) =>
      behaviour.vendor !== "anthropic"
        ? undefined
        : firstOf(imagesOf(body), ({ image, path }) => {
            const size = sniffImage(Buffer.from(base64Of(image) ?? "", "base64"));
            return size && Math.max(size.width ?? 0, size.height ?? 0) > maxImageSide
              ? `${fromModel}${path}.image.source.bytes: At least one of the image dimensions exceed max allowed size: ${maxImageSide} pixels`
              : undefined;
          }),
  },
  {
    id: "many-image-pixels",
    refuses: "An image of more than 2000 pixels a side among more than 20, on Claude.",
    provenance: reported("anthropics/claude-code#61284"),
    check: ({ body, behaviour }) => {
      const images = imagesOf(body);
      return behaviour.vendor !== "anthropic" || images.length <= manyImages
        ? undefined
        : firstOf(images, ({ image, path }) => {
            const size = sniffImage(Buffer.from(base64Of(image) ?? "", "base64"));
            return size && Math.max(size.width ?? 0, size.height ?? 0) > maxSideOfMany
              ? `${fromModel}${path}.image.source.bytes: At least one of the image dimensions exceed max allowed size for many-image requests: ${maxSideOfMany} pixels`
              : undefined;
          });
    },
  },
];
