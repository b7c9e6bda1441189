import { arrayAt, isJsonObject, type Json, type JsonObject, objectAt, stringAt } from "../json.ts";
import type { GuardedContent } from "./content.ts";

/**
 * What a guardrail assesses of a Converse request: of the messages, the text in `guardContent` where any stands, otherwise all
 * user and assistant text; of the system prompt only what stands in `guardContent`. Text that is qualified as grounding source or
 * query alone is only for the check of grounding; tools are never assessed
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-converse-api.html).
 */
export function guardedContent(body: JsonObject): GuardedContent {
  const blocks = arrayAt(body, "messages").flatMap((message) => arrayAt(message, "content"));
  const system = arrayAt(body, "system");
  const parts = [...system, ...blocks].flatMap(guardedText);
  const inMessages = blocks.flatMap(guardedText).filter(({ qualifiers }) => isGuarded(qualifiers));
  const plain = blocks.flatMap((block) => {
    const text = stringAt(block, "text");
    return text === undefined ? [] : [text];
  });
  const images = blocks.flatMap((block) => {
    const image = objectAt(objectAt(objectAt(block, "guardContent"), "image"), "source");
    const bytes = stringAt(image, "bytes");
    return bytes === undefined ? [] : [Buffer.from(bytes, "base64")];
  });
  return {
    texts: [
      ...system.flatMap(guardedText).flatMap(({ text, qualifiers }) => (isGuarded(qualifiers) ? [text] : [])),
      ...(inMessages.length > 0 ? inMessages.map(({ text }) => text) : plain),
    ],
    ...qualified(parts),
    ...(images.length > 0 && { images }),
  };
}

/** A text with what it is for. */
export interface QualifiedText {
  readonly text: string;
  readonly qualifiers: readonly Json[];
}

/** Grounding sources and queries among texts. */
export function qualified(texts: readonly QualifiedText[]): Pick<GuardedContent, "sources" | "queries"> {
  const of = (qualifier: string): string[] =>
    texts.filter(({ qualifiers }) => qualifiers.includes(qualifier)).map(({ text }) => text);
  return { sources: of("grounding_source"), queries: of("query") };
}

/** Whether the policies beside grounding look at a text. */
export function isGuarded(qualifiers: readonly Json[]): boolean {
  return qualifiers.length === 0 || qualifiers.includes("guard_content");
}

function guardedText(block: Json): QualifiedText[] {
  if (!isJsonObject(block)) return [];
  const guarded = objectAt(objectAt(block, "guardContent"), "text");
  const text = stringAt(guarded, "text");
  return text === undefined ? [] : [{ text, qualifiers: arrayAt(guarded, "qualifiers") }];
}
