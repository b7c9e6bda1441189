import type { JsonContent, TextContent, ToolResultMessage, UserContent, UserMessage } from "@clawrock/conversation";
import { repairDocument } from "./documents.ts";
import { isSoundJson, toSoundJson } from "./json.ts";
import { leftOut, repairImage, repairVideo } from "./media.ts";
import { note, type RepairContext } from "./repair-context.ts";

type Parts = readonly UserContent[];

/** What the user said, each part as the model takes it; undefined when nothing is left of it. */
export function repairUserMessage(message: UserMessage, context: RepairContext, at: number): UserMessage | undefined {
  if (typeof message.content === "string") {
    const part = repairText({ type: "text", text: message.content }, context, at, 0);
    if (!part) return undefined;
    return part.text === message.content ? message : { ...message, content: part.text };
  }
  const content = repairParts(message.content, context, at, false);
  // A cache point alone has nothing before it.
  if (content.every(({ type }) => type === "cachePoint")) {
    if (content.length > 0) note(context, "cache-point-dropped", at, undefined, "nothing stands before it");
    else if (message.content.length === 0) note(context, "blank-dropped", at, undefined, "the message is empty");
    return undefined;
  }
  return content === message.content ? message : { ...message, content: content.map(jsonAsText) };
}

/** A tool's result; one without output says so. */
export function repairResult(message: ToolResultMessage, context: RepairContext, at: number): ToolResultMessage {
  const kept = repairParts(asParts(message.content, context, at), context, at, true).filter((part, block) => {
    if (part.type !== "cachePoint") return true;
    note(context, "cache-point-dropped", at, block, "a tool result holds none");
    return false;
  });
  if (kept.length === 0) {
    note(context, "result-empty", at, undefined, "the result is empty");
    return { ...message, content: [{ type: "text", text: "(no output)" }] };
  }
  const same = kept.length === message.content.length && kept.every((part, block) => part === message.content[block]);
  return same ? message : { ...message, content: kept.filter((part) => part.type !== "cachePoint") };
}

/** Parts of a message that some stores keep as one text. */
export function asParts<T>(
  content: readonly T[] | string,
  context: RepairContext,
  at: number,
): readonly (T | TextContent)[] {
  if (typeof content !== "string") return content;
  note(context, "content-listed", at, undefined, "the content is a text where a list of parts belongs");
  return [{ type: "text", text: content }];
}

function repairParts<T extends UserContent>(
  parts: readonly T[],
  context: RepairContext,
  at: number,
  inResult: boolean,
): Parts {
  let changed: UserContent[] | undefined;
  for (let block = 0; block < parts.length; block++) {
    const part = parts[block];
    if (!part) continue;
    const repaired = repairPart(part, context, at, block, inResult);
    if (repaired === part && !changed) continue;
    changed ??= parts.slice(0, block);
    if (repaired) changed.push(repaired);
  }
  return changed ?? parts;
}

function repairPart(
  part: UserContent,
  context: RepairContext,
  at: number,
  block: number,
  inResult: boolean,
): UserContent | undefined {
  switch (part.type) {
    case "text":
      return repairText(part, context, at, block);
    case "image":
      return repairImage(part, context, at, block);
    case "document":
      return repairDocument(part, context, at, block, inResult);
    case "video":
      return repairVideo(part, context, at, block);
    case "json":
      return repairJson(part, context, at, block);
    case "cachePoint":
      return part;
    default:
      return repairUnknown(part, context, at, block);
  }
}

/** @returns undefined for blank text, which the service refuses */
export function repairText(
  part: TextContent,
  context: RepairContext,
  at: number,
  block: number,
): TextContent | undefined {
  if (part.text.trim() === "") {
    note(context, "blank-dropped", at, block, "the text is blank");
    return undefined;
  }
  if (part.text.isWellFormed()) return part;
  note(context, "text-mended", at, block, "the text holds half of a character (a lone surrogate)");
  return { ...part, text: part.text.toWellFormed() };
}

function repairJson(part: JsonContent, context: RepairContext, at: number, block: number): UserContent {
  const isObject = typeof part.json === "object" && part.json !== null && !Array.isArray(part.json);
  if (isObject && isSoundJson(part.json)) return part;
  const json = toSoundJson(part.json);
  note(context, "arguments-mended", at, block, isObject ? "the JSON is not sound" : "the JSON is not an object");
  if (isObject && typeof json === "object" && json !== null) return { type: "json", json: { ...json } };
  return { type: "text", text: JSON.stringify(json) ?? "null" };
}

/** JSON stands in results of tools only; anywhere else it is told as text. */
export function jsonAsText<T extends UserContent>(part: T | JsonContent): Exclude<T, JsonContent> | TextContent {
  return part.type === "json" ? { type: "text", text: JSON.stringify(part.json) } : (part as Exclude<T, JsonContent>);
}

/** A kind that Converse does not have. Its words are kept, if it has any. */
export function repairUnknown(part: { type: string }, context: RepairContext, at: number, block: number): TextContent {
  const words: unknown = "text" in part ? part.text : undefined;
  if (typeof words === "string" && words.trim() !== "") {
    note(context, "media-left-out", at, block, `a part of the unknown kind "${part.type}" is told as text`);
    return { type: "text", text: words.toWellFormed() };
  }
  const kind = part.type.replace(/[^\w -]/gu, "").slice(0, 40);
  const what = kind === "audio" ? "An audio clip" : `A part of the unknown kind "${kind}"`;
  return leftOut(what, "Converse takes none", context, at, block);
}
