import { BedrockError, type ImageContent, type TextContent } from "@clawrock/conversation";
import { listed, shown } from "../words.ts";
import type { ApplyCall, CallAnswer, CallContent } from "./apply-call.ts";
import { groundingContent } from "./grounding.ts";
import type { ApplyRequest } from "./guardrail-types.ts";
import { imageContent } from "./image-content.ts";
import { judgeText } from "./judge-text.ts";

/** The service takes no longer answer for contextual grounding (see `Grounding`). */
const GROUNDED_CHARACTERS = 5000;

export interface JudgeContentInit {
  readonly call: ApplyCall;
  readonly gate: <T>(task: () => Promise<T>) => Promise<T>;
  readonly maxCharacters: number;
  readonly signal: AbortSignal | undefined;
}

/** All that the service said of a request. */
export interface JudgedContent {
  /** The parts with masks in place; as they were given, if one was blocked. */
  readonly content: readonly (TextContent | ImageContent)[];
  /** The call that blocked; it ended the others. */
  readonly stopper: CallAnswer | undefined;
  /** What is to be reported, in the order of the parts: the stopper alone, if there is one. */
  readonly reported: readonly CallAnswer[];
  /** Every call that was answered, for usage. */
  readonly answered: readonly CallAnswer[];
}

/** Judges the parts of a request side by side; the first that is blocked or cannot be judged ends the rest. */
export async function judgeContent(
  request: ApplyRequest,
  { call, gate, maxCharacters, signal }: JudgeContentInit,
): Promise<JudgedContent> {
  const { source, outputScope = "interventions" } = request;
  checkSource(source);
  const given = partsOf(request.content);
  const context = groundingContent(request.grounding);
  const images = given.map((part) => (part.type === "image" ? imageContent(part) : undefined));
  const decided = new AbortController();
  const either = signal ? AbortSignal.any([signal, decided.signal]) : decided.signal;
  const answered: CallAnswer[] = [];
  let stopper: CallAnswer | undefined;

  const judge = (content: CallContent): Promise<CallAnswer> =>
    gate(async () => {
      either.throwIfAborted();
      const input = {
        source: source === "output" ? ("OUTPUT" as const) : ("INPUT" as const),
        outputScope: outputScope === "full" ? ("FULL" as const) : ("INTERVENTIONS" as const),
        content: [...context, content],
      };
      const answer = await orAborted(call(input, either), either);
      answered.push(answer);
      if (answer.action === "blocked") {
        stopper ??= answer;
        decided.abort();
      }
      return answer;
    });
  const grounded = context.length > 0;
  const judgeOne = (text: string): Promise<CallAnswer> =>
    judge({ text: { text: text.toWellFormed(), ...(grounded && { qualifiers: ["guard_content"] as const }) } });
  const options = {
    maxCharacters: grounded ? Math.min(maxCharacters, GROUNDED_CHARACTERS) : maxCharacters,
    checkBorders: !grounded,
    judge: judgeOne,
  };
  const judged = given.map(async (part, index) => {
    if (part.type === "text") {
      if (part.text.trim() === "") return { part, answers: [] };
      const { text, answers } = await judgeText(part.text, options);
      return { part: text === part.text ? part : { ...part, text }, answers };
    }
    const image = images[index];
    return { part, answers: image ? [await judge(image)] : [] };
  });

  // All are waited for, so that none is left running.
  for (const one of judged) one.catch(() => decided.abort());
  const results = await Promise.allSettled(judged);
  if (signal?.aborted) throw new BedrockError({ kind: "aborted", problem: "Applying a guardrail was aborted" });
  if (stopper) return { content: given, stopper, reported: [stopper], answered };
  const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  if (failures.length > 0) throw failures.find((failure) => !isAbort(failure)) ?? failures[0];
  const done = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  return {
    content: done.map(({ part }) => part),
    stopper: undefined,
    reported: done.flatMap(({ answers }) => answers),
    answered,
  };
}

const SOURCES = ["input", "output", "tool-result", "memory"];

/** A source that is misspelt would be judged as another. */
function checkSource(source: unknown): void {
  if (SOURCES.some((known) => known === source)) return;
  const problem = `source is ${source === undefined ? "missing" : shown(source)}`;
  throw new BedrockError({ kind: "invalid-config", problem, fix: `Give ${listed(SOURCES)}` });
}

/** @throws BedrockError of kind `invalid-config` for what is neither text nor image. */
function partsOf(content: ApplyRequest["content"]): readonly (TextContent | ImageContent)[] {
  if (typeof content === "string") return [{ type: "text", text: content }];
  const parts: readonly unknown[] = Array.isArray(content) ? content : [content];
  const odd = parts.findIndex((part) => !isPart(part));
  if (odd < 0) return content;
  throw new BedrockError({
    kind: "invalid-config",
    problem: `${Array.isArray(content) ? `content[${odd}]` : "content"} is neither a text nor an image`,
    fix: 'Give a string, or parts such as { type: "text", text: "…" }',
  });
}

function isPart(part: unknown): part is TextContent | ImageContent {
  if (typeof part !== "object" || part === null || !("type" in part)) return false;
  if (part.type === "text") return "text" in part && typeof part.text === "string";
  return part.type === "image" && "data" in part && typeof part.data === "string" && "mimeType" in part;
}

function isAbort(error: unknown): boolean {
  if (error instanceof BedrockError) return error.kind === "aborted";
  return error instanceof Error && error.name === "AbortError";
}

/** The SDK does not notice an abort while it waits to try again. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
