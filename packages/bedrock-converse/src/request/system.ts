import type { SystemContentBlock } from "@aws-sdk/client-bedrock-runtime";
import type { GuardedSpans } from "@clawrock/guardrails";
import { checkTtl, wrong } from "../repair/check-messages.ts";
import type { ConverseRequest, SystemContent } from "../types.ts";
import type { BuiltMessage } from "./messages.ts";

/** A system prompt as parts without blank ones. @throws BedrockError of kind `invalid-request` for values of a wrong type */
export function systemParts(system: ConverseRequest["system"]): SystemContent[] {
  if (system === undefined) return [];
  if (typeof system === "string") return system.trim() === "" ? [] : [{ type: "text", text: system.toWellFormed() }];
  if (!Array.isArray(system)) throw wrong("system", system, "Give a text or a list of parts");
  return system.flatMap((part: SystemContent | undefined, index): SystemContent[] => {
    if (part?.type === "cachePoint") {
      checkTtl(part.ttl, `system[${index}].ttl`);
      return [part];
    }
    if (part?.type !== "text" || typeof part.text !== "string") {
      throw wrong(`system[${index}].text`, part && "text" in part ? part.text : undefined, "Give a part of text");
    }
    return part.text.trim() === "" ? [] : [{ ...part, text: part.text.toWellFormed() }];
  });
}

/** Parts of a system prompt as Converse's blocks; a guardrail judges those that are marked, or all with `spans.system`. */
export function systemBlocks(
  parts: readonly SystemContent[],
  guarded: boolean,
  spans: GuardedSpans | undefined,
): SystemContentBlock[] {
  return parts.map((part): SystemContentBlock => {
    if (part.type === "cachePoint")
      return { cachePoint: part.ttl ? { type: "default", ttl: part.ttl } : { type: "default" } };
    const { text, guard } = part;
    const judged = guarded && (guard ? guard.length > 0 : spans?.system === true);
    if (!judged) return { text };
    const qualifiers = guard?.some((one) => one !== "guard_content") ? { qualifiers: [...guard] } : {};
    return { guardContent: { text: { text, ...qualifiers } } };
  });
}

/** Models that take no system prompt are given it as the first words of the first user message. */
export function systemAsWords(parts: readonly SystemContent[], messages: readonly BuiltMessage[]): BuiltMessage[] {
  const words = parts.flatMap((part) => (part.type === "text" ? [{ text: part.text }] : []));
  const [first, ...rest] = messages;
  if (!first || words.length === 0) return [...messages];
  const { role, content, stableBlocks } = first;
  return [{ role, content: [...words, ...content], stableBlocks: stableBlocks + words.length }, ...rest];
}
