import { withHourlyWrites } from "../facts/price.ts";
import { byRule } from "../rules/traits.ts";
import type { Known, MediaLimits, ModelCapabilities } from "../types.ts";

type Derived = Pick<ModelCapabilities, "mediaLimits" | "structuredOutput" | "price">;

const MESSAGE = "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html";
const STRUCTURED = "https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html";

/** What follows from other fields, whatever the family. */
export function derivedTraits(known: ModelCapabilities): Derived {
  const media = mediaLimits(known);
  const price = lacksHourly(known) ? known.price : undefined;
  return {
    ...(media === undefined ? {} : { mediaLimits: media }),
    ...(price === undefined ? {} : { price: { ...price, value: withHourlyWrites(price.value) } }),
    structuredOutput:
      known.structuredOutput ??
      byRule("structured output where tools may be strict", known.tools.value.strict, { url: STRUCTURED }),
  };
}

/** Whether the model caches for an hour, and the table does not say at what rate. */
function lacksHourly({ price, promptCaching }: ModelCapabilities): boolean {
  if (price === undefined || !promptCaching.value.ttls.includes("1h")) return false;
  return price.value.cacheWrite1h === undefined || price.value.longContext !== undefined;
}

function mediaLimits({ input, tools }: ModelCapabilities): Known<MediaLimits> | undefined {
  const images = input.value.includes("image");
  const documents = input.value.includes("document");
  if (!(tools.value.supported || documents)) return undefined;
  if (images) return documents ? OF_BOTH : OF_IMAGES;
  return documents ? OF_DOCUMENTS : undefined;
}

const OF_BOTH = messageLimits(true, true);
const OF_IMAGES = messageLimits(true, false);
const OF_DOCUMENTS = messageLimits(false, true);

function messageLimits(images: boolean, documents: boolean): Known<MediaLimits> {
  return byRule(
    "Converse's limits of a message",
    {
      imageFormats: images ? ["png", "jpeg", "gif", "webp"] : [],
      maxImages: images ? 20 : 0,
      maxImageBytes: 3_932_160,
      maxImagePixels: 8000,
      maxDocuments: documents ? 5 : 0,
      maxDocumentBytes: 4_718_592,
    },
    { url: MESSAGE },
  );
}
