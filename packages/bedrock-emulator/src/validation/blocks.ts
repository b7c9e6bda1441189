import { arrayAt, isJsonObject, type Json, type JsonObject, stringAt } from "../json.ts";

/** A content block and where it stands, 0-based as the prose of Converse counts. */
export interface PlacedBlock {
  readonly block: JsonObject;
  readonly role: "user" | "assistant";
  readonly message: number;
  readonly index: number;
  /** `messages.0.content.1` */
  readonly path: string;
}

/** Every content block of the messages. */
export function contentBlocks(body: JsonObject): PlacedBlock[] {
  return arrayAt(body, "messages").flatMap((message, at) =>
    arrayAt(message, "content")
      .filter(isJsonObject)
      .map((block, index) => ({
        block,
        role: roleOf(message),
        message: at,
        index,
        path: `messages.${at}.content.${index}`,
      })),
  );
}

export function roleOf(message: Json | undefined): "user" | "assistant" {
  return stringAt(message, "role") === "assistant" ? "assistant" : "user";
}

/** The blocks inside of a tool result; none for another block. */
export function resultBlocks(block: JsonObject): JsonObject[] {
  return arrayAt(memberOf(block, "toolResult"), "content").filter(isJsonObject);
}

/** The member of a content block, if it is of that kind. */
export function memberOf(block: JsonObject, kind: string): JsonObject | undefined {
  const member = block[kind];
  return isJsonObject(member) ? member : undefined;
}

/** The first refusal that a list of things gives. */
export function firstOf<Thing, Refusal>(
  things: Iterable<Thing>,
  check: (thing: Thing) => Refusal | undefined,
): Refusal | undefined {
  for (const thing of things) {
    const refusal = check(thing);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
