import { invalid, ServiceError } from "../http/service-error.ts";
import type { GuardedContent } from "./content.ts";
import type { EmulatorGuardrail } from "./guardrail.ts";
import { guardrailRefusal } from "./guardrail-refusals.ts";

const maxCharacters = 25_000;
const maxImages = 20;
const maxImageBytes = 4 * 1024 * 1024;

/** Refuses content of ApplyGuardrail that is too much, or that lacks what the guardrail's policies need. */
export function checkContent(guardrail: EmulatorGuardrail, content: GuardedContent, source: "INPUT" | "OUTPUT"): void {
  const { texts, sources = [], queries = [] } = content;
  const characters = [...texts, ...sources, ...queries].reduce((total, text) => total + text.length, 0);
  if (characters > maxCharacters)
    throw new ServiceError("ThrottlingException", guardrailRefusal("guardrail-text-size"));
  if (source === "OUTPUT" && guardrail.contextualGrounding && (sources.length === 0 || queries.length === 0))
    throw invalid(guardrailRefusal("grounding-source-missing"));
  checkImages(content.images ?? []);
}

/** Refuses guarded images that are too many or too large. */
export function checkImages(images: readonly Uint8Array[]): void {
  if (images.length > maxImages) throw invalid(guardrailRefusal("guardrail-image-count", images.length));
  if (images.some((bytes) => bytes.length > maxImageBytes)) throw invalid(guardrailRefusal("guardrail-image-size"));
}
