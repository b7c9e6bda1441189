import { BedrockError } from "@clawrock/conversation";
import { cutText } from "./cut-text.ts";
import type { EmbeddingFamily } from "./families/family.ts";

/** What to do with texts that no model embeds as they are. */
export interface TextRules {
  /** A blank text: `refuse` it (default), or give it a vector of zeros, which is near to nothing. */
  readonly blank?: "refuse" | "zero" | undefined;
  /** A text that is longer than the model takes: `cut` its end (default), or `refuse` it. */
  readonly oversized?: "cut" | "refuse" | undefined;
}

/** A text that is to be sent, and where its vector belongs. */
export interface PreparedText {
  readonly text: string;
  /** Of equal texts, the first. */
  readonly index: number;
  readonly cut: boolean;
}

export type Preparation =
  | { readonly kind: "send"; readonly prepared: PreparedText }
  | { readonly kind: "zero" }
  | { readonly kind: "refused"; readonly error: BedrockError };

/** A text as it can be sent, by the rules; half a character, which is not valid in JSON, is replaced. */
export function prepareText(
  given: string,
  index: number,
  family: Pick<EmbeddingFamily, "maxCharacters" | "name">,
  { blank = "refuse", oversized = "cut" }: TextRules,
): Preparation {
  if (typeof given !== "string") {
    return refused(`texts[${index}] is no text but ${given === null ? "null" : typeof given}`, "Give strings");
  }
  if (given.trim() === "") {
    if (blank === "zero") return { kind: "zero" };
    return refused(
      `texts[${index}] is blank and cannot be embedded`,
      'Leave blank texts out, or pass blank: "zero" for vectors of zeros',
    );
  }
  const sound = given.toWellFormed();
  const { maxCharacters = Number.POSITIVE_INFINITY, name } = family;
  if (sound.length > maxCharacters && oversized === "refuse") {
    return refused(
      `texts[${index}] has ${sound.length} characters, more than the ${maxCharacters} that ${name} takes`,
      'Split it, or pass oversized: "cut"',
    );
  }
  const text = cutText(sound, maxCharacters);
  return { kind: "send", prepared: { text, index, cut: text !== sound } };
}

/**
 * Checks what types cannot promise to a caller without them: a string is a list of its characters to JavaScript, and a purpose
 * that is misspelt would be taken for another.
 *
 * @throws BedrockError of kind `invalid-config`
 */
export function checkCall(texts: unknown, options: unknown): void {
  const iterable =
    typeof texts === "object" && texts !== null && (Symbol.iterator in texts || Symbol.asyncIterator in texts);
  if (!iterable) throw invalid(`texts is ${texts === null ? "null" : `a ${typeof texts}`}`, "Give a list of strings");
  const { purpose }: { purpose?: unknown } = typeof options === "object" && options !== null ? options : {};
  if (purpose === "query" || purpose === "document") return;
  const problem = purpose === undefined ? "The option purpose is missing" : `The option purpose is ${String(purpose)}`;
  throw invalid(problem, 'Give "document" for what is to be found, "query" for what is looked for');
}

function invalid(problem: string, fix: string): BedrockError {
  return new BedrockError({ kind: "invalid-config", problem, fix });
}

function refused(problem: string, fix: string): Preparation {
  return { kind: "refused", error: invalid(problem, fix) };
}
