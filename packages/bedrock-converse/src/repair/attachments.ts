import type { DocumentContent, UserContent } from "@clawrock/conversation";
import { guardQualifiers } from "@clawrock/guardrails";
import { bytesOf } from "./base64.ts";
import { asText, documentName } from "./documents.ts";
import { leftOut } from "./media.ts";
import { type Entry, isUserSide, note, type RepairContext, runsOf } from "./repair-context.ts";
import { sniffImage } from "./sniff-image.ts";

const MAX_DOCUMENTS = 5;
/** Above so many images in a request, some models want each of them smaller. */
const MANY_IMAGES = 20;

/** The rules for all images and documents of a request together. */
export function repairAttachments(entries: readonly Entry[], context: RepairContext): Entry[] {
  const count = { image: 0, document: 0 };
  for (const { message } of entries) {
    if (message.role === "assistant" || typeof message.content === "string") continue;
    for (const { type } of message.content) if (type === "image" || type === "document") count[type]++;
  }
  let repaired = [...entries];
  const pixels = context.capabilities.mediaRules?.value.maxPixelsOfManyImages;
  if (pixels !== undefined && count.image > MANY_IMAGES) repaired = withSmallImages(repaired, pixels, context);
  return count.document === 0 ? repaired : withDocuments(repaired, count.document, context);
}

function withSmallImages(entries: readonly Entry[], pixels: number, context: RepairContext): Entry[] {
  return eachPart(entries, (part, at, block) => {
    if (part.type !== "image" || part.s3) return part;
    const { width = 0, height = 0 } = sniffImage(bytesOf(part.data) ?? Buffer.alloc(0)) ?? {};
    const side = Math.max(width, height);
    if (side <= pixels) return part;
    const why = `its ${side} pixels a side are more than ${pixels}, and there are more than ${MANY_IMAGES} images`;
    return leftOut("An image", why, context, at, block);
  });
}

/** At most five documents, the latest; each name once; words beside them. */
function withDocuments(entries: readonly Entry[], count: number, context: RepairContext): Entry[] {
  const limit = context.capabilities.mediaLimits?.value.maxDocuments ?? MAX_DOCUMENTS;
  const most = limit > 0 ? limit : MAX_DOCUMENTS;
  const names = new Set<string>();
  let excess = count - most;
  const named = eachPart(entries, (part, at, block) => {
    if (part.type !== "document") return part;
    if (excess-- > 0) {
      const why = `a request takes ${most} documents at most`;
      return (
        asText(part, why, context, at, block) ??
        leftOut(`The document "${documentName(part.name)}"`, why, context, at, block)
      );
    }
    return withName(part, names, context, at, block);
  });
  return runsOf(named).flatMap((run) => withWords(run, context));
}

function withName(
  part: DocumentContent,
  names: Set<string>,
  context: RepairContext,
  at: number,
  block: number,
): DocumentContent {
  const clean = documentName(part.name);
  let name = clean;
  for (let n = 2; names.has(name); n++) name = `${clean} (${n})`;
  names.add(name);
  if (name === part.name) return part;
  note(context, "document-renamed", at, block, `the document "${part.name}" is called "${name}"`);
  return { ...part, name };
}

/** A document needs a text beside it in its turn. */
function withWords(run: readonly Entry[], context: RepairContext): Entry[] {
  const [first] = run;
  const users = run.filter(({ message }) => message.role === "user");
  const last = users.findLast(
    ({ message }) => typeof message.content !== "string" && message.content.some(({ type }) => type === "document"),
  );
  if (!first || !isUserSide(first) || last?.message.role !== "user" || typeof last.message.content === "string")
    return [...run];
  // A span for the guardrail goes out as `guardContent`, which may not count as words.
  const said = users.some(
    ({ message: { content } }) =>
      typeof content === "string" ||
      content.some((part) => part.type === "text" && !(context.guarded && guardQualifiers(part))),
  );
  if (said) return [...run];
  note(context, "turn-added", last.at, undefined, "a document needs words beside it");
  const message = {
    ...last.message,
    content: [...last.message.content, { type: "text" as const, text: "(See the attached document.)" }],
  };
  return run.map((entry) => (entry === last ? { at: last.at, message } : entry));
}

/** The same entries with each part of the user's side replaced by what `change` makes of it. */
function eachPart(
  entries: readonly Entry[],
  change: <T extends UserContent>(part: T, at: number, block: number) => UserContent,
): Entry[] {
  return entries.map((entry) => {
    const { message, at } = entry;
    if (message.role === "assistant" || typeof message.content === "string") return entry;
    let changed = false;
    const content = message.content.map((part, block) => {
      const made = change(part, at, block);
      changed ||= made !== part;
      return made;
    });
    // `change` gives back what the message may hold: the part itself, a document, or text.
    return changed ? { at, message: { ...message, content } as Entry["message"] } : entry;
  });
}
