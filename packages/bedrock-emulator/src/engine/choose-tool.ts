import type { TurnTool } from "./turn.ts";
import { stems, words } from "./words.ts";

/** Part of a description's meaningful words that a text must share for the tool to be meant. */
const sharedShare = 0.34;

/**
 * The tools that a text asks for, in the order in which it names them: by name (`get_weather`, "get weather"), by all
 * meaningful words of a name of several words ("the weather in Berlin"), or by a good part of the description's first sentence.
 */
export function chooseTools(text: string, tools: readonly TurnTool[]): TurnTool[] {
  const named = tools
    .map((tool) => ({ tool, at: mentionOf(text, tool.name) }))
    .filter(({ at }) => at >= 0)
    .sort((left, right) => left.at - right.at)
    .map(({ tool }) => tool);
  if (named.length > 0) return named;
  const meant = tools
    .map((tool) => ({ tool, score: meaningOf(text, tool) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score);
  return meant.slice(0, 1).map(({ tool }) => tool);
}

/** Where a text names a tool, -1 when it does not. */
function mentionOf(text: string, name: string): number {
  const parts = words(name);
  if (parts.length > 1) {
    const spelled = parts.map(escapeRegExp).join("[\\s_-]*");
    return text.search(new RegExp(`(?<![\\p{L}\\p{N}])${spelled}(?![\\p{L}\\p{N}])`, "iu"));
  }
  // A name of one word is also a word of the language: it must be called a tool, or be written as code.
  const escaped = escapeRegExp(name);
  return text.search(
    new RegExp(
      `\`${escaped}\`|\\b(?:use|call|invoke|run) (?:the |your )?${escaped}\\b|\\b${escaped} tool\\b|\\b(?:with|via|using) ${escaped}[.!?]?\\s*$`,
      "iu",
    ),
  );
}

function meaningOf(text: string, tool: TurnTool): number {
  const heard = new Set(stems(text));
  const name = [...new Set(stems(tool.name))];
  // `get_weather` is meant by "weather"; `memory_get` is not by "memory", a word that stands in many texts.
  const telling = name.length > 1 || (name.length === 1 && stems(words(tool.name)[0] ?? "").length === 0);
  if (telling && name.every((word) => heard.has(word))) return 2;
  const said = [...new Set(stems(tool.description.split(/[.\n]/)[0] ?? ""))];
  const shared = said.filter((word) => heard.has(word)).length;
  return shared >= 2 && shared / said.length >= sharedShare ? shared / said.length : 0;
}

export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
