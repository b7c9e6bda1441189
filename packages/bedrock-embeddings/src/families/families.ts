import type { EmbeddingLimits } from "@clawrock/model-capabilities";
import { cohereV3 } from "./cohere-v3.ts";
import { cohereV4 } from "./cohere-v4.ts";
import type { EmbeddingFamily } from "./family.ts";
import { marengo2, marengo3 } from "./marengo.ts";
import { nova2Multimodal } from "./nova-2-multimodal.ts";
import { titanImage } from "./titan-image.ts";
import { titanTextV1 } from "./titan-text-v1.ts";
import { titanTextV2 } from "./titan-text-v2.ts";

/** By the `request` key of a model's embedding record. */
export const FAMILIES: Readonly<Record<EmbeddingLimits["request"], EmbeddingFamily>> = {
  "titan-text-v1": titanTextV1,
  "titan-text-v2": titanTextV2,
  "titan-image": titanImage,
  "nova-2-multimodal": nova2Multimodal,
  "cohere-v3": cohereV3,
  "cohere-v4": cohereV4,
  "marengo-2": marengo2,
  "marengo-3": marengo3,
};
