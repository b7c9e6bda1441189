import { arrayAt, type JsonObject, objectAt, stringAt } from "../json.ts";
import { reported } from "../refusals/provenance.ts";
import { contentBlocks, firstOf, memberOf } from "./blocks.ts";
import type { ConverseRule } from "./rule.ts";

const maxDocuments = 5;
const maxDocumentBytes = 4.5 * 1024 * 1024;

function documentsOf(body: JsonObject): JsonObject[] {
  return contentBlocks(body)
    .map(({ block }) => memberOf(block, "document"))
    .filter((found) => found !== undefined);
}

/** Rules of documents. */
export const documentRules: readonly ConverseRule[] = [
  {
    id: "document-name",
    refuses:
      "A document name with other characters than letters, digits, single spaces, hyphens, underscores, parentheses and brackets.",
    provenance: reported("llm-bedrock#8"),
    check: ({ body }) =>
      documentsOf(body).some(
        (document) => !/^(?!.*\s\s)[\p{L}\p{N} \-_()[\]]+$/u.test(stringAt(document, "name") ?? ""),
      )
        ? "The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can't contain more than one consecutive whitespace character. Check that the file name conforms to these restrictions and retry your request."
        : undefined,
  },
  {
    id: "document-name-twice",
    refuses: "Two documents of one name, anywhere in the conversation.",
    provenance: reported("maximhq/bifrost#7003"),
    check: ({ body }) => {
      const names = documentsOf(body).map((document) => document["name"]);
      return new Set(names).size < names.length
        ? "Messages can't contain duplicate document names. Rename the document and retry your request."
        : undefined;
    },
  },
  {
    id: "document-count",
    refuses: "More than five documents.",
    provenance: reported("aws-samples/generative-ai-use-cases#1685"),
    check: ({ body }) =>
      documentsOf(body).length > maxDocuments ? "You can't include more than 5 documents in a request." : undefined,
  },
  {
    id: "document-without-text",
    refuses: "A document in a message without a text block.",
    provenance: reported("archestra-ai/archestra#4220"),
    check: ({ body }) =>
      firstOf(arrayAt(body, "messages"), (message) => {
        const kinds = new Set(arrayAt(message, "content").flatMap((block) => Object.keys(block ?? {})));
        return kinds.has("document") && !kinds.has("text")
          ? "A text block must be included when using documents."
          : undefined;
      }),
  },
  {
    id: "document-size",
    refuses: "A document of more than 4.5 MB (PDF on Claude 4 and later, PDF and DOCX on Nova excepted).",
    provenance: reported("aws-samples/generative-ai-use-cases#1334"),
    check: ({ body, behaviour }) =>
      documentsOf(body).some((document) => {
        const format = stringAt(document, "format") ?? "";
        const exempt = behaviour.vendor === "amazon" ? ["pdf", "docx"] : behaviour.thinking?.signed ? ["pdf"] : [];
        const base64 = stringAt(objectAt(document, "source"), "bytes") ?? "";
        return !exempt.includes(format) && (base64.length * 3) / 4 > maxDocumentBytes;
      })
        ? "The maximum document size is 4.5 MB."
        : undefined,
  },
];
