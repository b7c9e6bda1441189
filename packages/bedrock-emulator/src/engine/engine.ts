import { randomBytes } from "node:crypto";
import type { JsonObject } from "../json.ts";
import { chooseTools } from "./choose-tool.ts";
import { findPassage, quote } from "./cite.ts";
import { composeAnswer, composeFromResults, composeThinking, freshResults, lastRequest } from "./compose.ts";
import { fillInput } from "./fill-input.ts";
import { fillSchema } from "./fill-schema.ts";
import { arithmeticIn } from "./interpret-code.ts";
import { limitAnswer } from "./limit-answer.ts";
import type { ThinkingSigner } from "./thinking-signature.ts";
import type { AnswerEvent, Engine, Turn, TurnTool } from "./turn.ts";

/** The prompt by which Anthropic lets clients test redacted thinking. */
const redactedTrigger =
  "ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING_46C9A13E193C177646C7398A98432ECCCE4C1253D5E2D82641AC0E52CC2876CB";

/**
 * The built-in engine: it decides by the conversation alone, so the same request gives the same answer (tool ids apart).
 * It calls an offered tool that the user asks for, answers from a tool's result, thinks when thinking is on, keeps to
 * `maxTokens` and stop sequences, and otherwise says what it was told.
 */
export function createEngine(signer: ThinkingSigner): Engine {
  return (turn) => limitAnswer(answer(turn, signer), turn.maxTokens, turn.stopSequences);
}

function* answer(turn: Turn, signer: ThinkingSigner): Generator<AnswerEvent> {
  const request = lastRequest(turn);
  const results = freshResults(turn);
  const calls = results.length > 0 ? [] : plannedCalls(turn, request);
  if (turn.thinking.on) yield* think(turn, request, planOf(results.length, calls), signer);
  const computed = results.length > 0 ? undefined : yield* compute(turn, request);
  if (calls.length > 0) {
    if (!turn.thinking.on && turn.toolChoice.kind === "auto") {
      yield* pieces(`I'll use ${calls.map((tool) => tool.name).join(" and ")}.`);
    }
    for (const tool of calls) yield* call(tool, fillInput(tool, request));
    yield { kind: "stop", reason: "tool_use" };
    return;
  }
  const passage = results.length > 0 || turn.answerSchema ? undefined : findPassage(turn, request);
  if (passage) yield* quote(passage, pieces);
  else yield* pieces(computed ?? finalText(turn, request, results.length > 0));
  yield { kind: "stop", reason: "end_turn" };
}

function finalText(turn: Turn, request: string, fromResults: boolean): string {
  const said = fromResults ? composeFromResults(turn) : composeAnswer(turn, request);
  return turn.answerSchema ? JSON.stringify(fillSchema(turn.answerSchema, said)) : said;
}

function plannedCalls(turn: Turn, request: string): readonly TurnTool[] {
  const { toolChoice, tools } = turn;
  if (toolChoice.kind === "none") return [];
  if (toolChoice.kind === "tool") return tools.filter((tool) => tool.name === toolChoice.name).slice(0, 1);
  const chosen = chooseTools(request, tools);
  return chosen.length === 0 && toolChoice.kind === "any" ? tools.slice(0, 1) : chosen;
}

function planOf(results: number, calls: readonly TurnTool[]): string {
  if (results > 0) return "The tool has answered, so I can answer from its result.";
  if (calls.length > 0) return `I need ${calls.map((tool) => tool.name).join(" and ")} for that.`;
  return "I can answer that directly.";
}

function* think(turn: Turn, request: string, plan: string, signer: ThinkingSigner): Generator<AnswerEvent> {
  if (turn.thinking.signed && request.includes(redactedTrigger)) {
    yield { kind: "redacted", base64: Buffer.from(signer.sign(`redacted ${request}`)).toString("base64") };
    return;
  }
  const thought = turn.thinking.visible ? composeThinking(turn, plan) : "";
  for (const piece of split(thought)) yield { kind: "reasoning", text: piece };
  if (turn.thinking.signed) yield { kind: "signature", signature: signer.sign(thought) };
}

const codeInterpreter = "nova_code_interpreter";

/** Lets the service's own interpreter work a sum out; gives what it printed. */
function* compute(turn: Turn, request: string): Generator<AnswerEvent, string | undefined> {
  const sum = turn.systemTools?.includes(codeInterpreter) ? arithmeticIn(request) : undefined;
  if (!sum) return undefined;
  const id = toolUseId();
  yield { kind: "toolUse", id, name: codeInterpreter, server: true };
  yield { kind: "toolInput", json: JSON.stringify({ snippet: sum.snippet }) };
  const json = { stdOut: sum.printed, stdErr: "", exitCode: 0, isError: false };
  yield { kind: "serverResult", id, name: codeInterpreter, json };
  return `${sum.snippet} = ${sum.printed}`;
}

function toolUseId(): string {
  return `tooluse_${randomBytes(16).toString("base64url")}`;
}

function* call(tool: TurnTool, input: JsonObject): Generator<AnswerEvent> {
  yield { kind: "toolUse", id: toolUseId(), name: tool.name };
  yield { kind: "toolInput", json: "" };
  const json = JSON.stringify(input);
  for (let at = 0; at < json.length; at += 12) yield { kind: "toolInput", json: json.slice(at, at + 12) };
}

function* pieces(text: string): Generator<AnswerEvent> {
  for (const piece of split(text)) yield { kind: "text", text: piece };
}

/** Pieces of one to four words, always the same for the same text; joined they are the text. */
export function split(text: string): string[] {
  const tokens = text.match(/\s*\S+\s*$|\s*\S+/gu) ?? (text ? [text] : []);
  const joined: string[] = [];
  for (let at = 0, size = 1; at < tokens.length; at += size, size = (size % 4) + 1) {
    joined.push(tokens.slice(at, at + size).join(""));
  }
  return joined;
}
