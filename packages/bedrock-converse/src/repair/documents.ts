import type { DocumentContent, TextContent } from "@clawrock/conversation";
import { bytesOf, withoutDataUrl } from "./base64.ts";
import { leftOut, readsS3 } from "./media.ts";
import { note, type RepairContext, shown, takes } from "./repair-context.ts";

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_DocumentBlock.html */
const FORMATS = ["pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md"] as const;
type DocumentFormat = (typeof FORMATS)[number];
const ALIASES: Readonly<Record<string, DocumentFormat>> = {
  "application/pdf": "pdf",
  "text/csv": "csv",
  "application/msword": "doc",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.ms-excel": "xls",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "text/html": "html",
  htm: "html",
  "text/plain": "txt",
  text: "txt",
  log: "txt",
  "text/markdown": "md",
  markdown: "md",
};
/** Readable as they are. */
const TEXTUAL: ReadonlySet<string> = new Set(["csv", "html", "txt", "md"]);
const DOCUMENT_BYTES = 4_718_592;
const MEGABYTE = 1024 * 1024;

export function repairDocument(
  part: DocumentContent,
  context: RepairContext,
  at: number,
  block: number,
  inResult: boolean,
): DocumentContent | TextContent | undefined {
  const { capabilities } = context;
  const what = `The document "${documentName(part.name)}"`;
  const refused = (why: string): TextContent => leftOut(what, why, context, at, block);
  const data = withoutDataUrl(part.data);
  const inText = part.text !== undefined || part.chunks !== undefined;
  if (!part.s3 && (inText ? wordsOf(part) : data).trim() === "") {
    note(context, "blank-dropped", at, block, `the document "${part.name}" is empty`);
    return undefined;
  }
  const bytes = part.s3 || inText ? undefined : bytesOf(data);
  if (!(part.s3 || inText || bytes)) return refused("its data is not base64");
  const format = formatOf(part.format, bytes);
  if (!format) return refused(`Bedrock does not take the format ${shown(part.format)}`);
  const mended = withSoundWords(part, context, at, block);
  const known = { ...mended, data, format };
  const taken = takes("document", capabilities) || (inResult && capabilities.tools.value.documentsInResults);
  if (!taken) {
    return asText(known, "this model takes no documents", context, at, block) ?? refused("this model takes none");
  }
  if (part.s3 && !readsS3("document", context)) return refused("this model reads none from S3");
  const limit = capabilities.mediaLimits?.value.maxDocumentBytes ?? DOCUMENT_BYTES;
  const unlimited = capabilities.mediaRules?.value.unlimitedDocuments.some((exempt) => exempt === format);
  if (bytes && bytes.length > limit && !unlimited) {
    return refused(`its ${(bytes.length / MEGABYTE).toFixed(2)} MB are more than ${limit / MEGABYTE} MB`);
  }
  if (format === part.format && data === part.data) return mended;
  note(context, "media-format-corrected", at, block, `the document of format ${part.format} is ${format}`);
  return known;
}

/** Lone surrogates in what a document says in words. */
function withSoundWords(part: DocumentContent, context: RepairContext, at: number, block: number): DocumentContent {
  const { text, chunks, context: about } = part;
  const words = [text ?? "", about ?? "", ...(chunks ?? [])];
  if (words.every((one) => one.isWellFormed())) return part;
  note(context, "text-mended", at, block, "the document holds half of a character (a lone surrogate)");
  return {
    ...part,
    ...(text !== undefined && { text: text.toWellFormed() }),
    ...(about !== undefined && { context: about.toWellFormed() }),
    ...(chunks && { chunks: chunks.map((chunk) => chunk.toWellFormed()) }),
  };
}

/** A document whose words can be read, as text; undefined for others. */
export function asText(
  part: DocumentContent,
  why: string,
  context: RepairContext,
  at: number,
  block: number | undefined,
): TextContent | undefined {
  const words = wordsOf(part);
  if (words.trim() === "") return undefined;
  note(context, "document-as-text", at, block, `the document "${part.name}" is told as text: ${why}`);
  return { type: "text", text: `Document "${documentName(part.name)}":\n${words.toWellFormed()}` };
}

function wordsOf({ text, chunks, format, data, s3 }: DocumentContent): string {
  if (text !== undefined) return text;
  if (chunks) return chunks.join("\n");
  return !s3 && TEXTUAL.has(format) ? Buffer.from(data, "base64").toString("utf8") : "";
}

function formatOf(declared: string, bytes: Buffer | undefined): DocumentFormat | undefined {
  if (bytes?.toString("latin1", 0, 5) === "%PDF-") return "pdf";
  const word = declared.toLowerCase().replace(/^\./u, "");
  const known = FORMATS.find((format) => format === word);
  return known ?? (Object.hasOwn(ALIASES, word) ? ALIASES[word] : undefined);
}

/**
 * A name in the service's alphabet: letters, digits, single spaces, hyphens, underscores, parentheses and brackets, at most
 * 200 of them.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_DocumentBlock.html
 */
export function documentName(name: string): string {
  const clean = name
    .toWellFormed()
    .replace(/[^\p{L}\p{N}\s_()[\]-]+/gu, "-")
    .replace(/\s+/gu, " ")
    .trim();
  return (clean.length > 190 ? [...clean].slice(0, 95).join("").trim() : clean) || "document";
}
