import { isDeepStrictEqual } from "node:util";
import type { ResolvedModel } from "../src/index.ts";
import type { Wire } from "./import-request.ts";

interface Situation {
  /** Whether the service refused the recorded request. */
  readonly refused: boolean;
  readonly model: ResolvedModel;
}

/** A reviewed difference: what a recorded request looks like when it is built here. Changes its argument. */
type Rule = (wire: Wire, built: Wire, situation: Situation) => void;

/**
 * Every way in which a request is built otherwise than it was recorded, by a name that says why. A rule may only make the
 * change that its name tells.
 */
const RULES: Readonly<Record<string, Rule>> = {
  "an empty inferenceConfig is left out": (wire) => {
    if (wire.inferenceConfig && Object.keys(wire.inferenceConfig).length === 0) delete wire.inferenceConfig;
  },
  "an empty system prompt is left out": (wire) => {
    if (wire.system?.length === 0) delete wire.system;
  },
  "toolChoice auto is the default and left out": (wire) => {
    if (wire.toolConfig?.toolChoice?.auto) delete wire.toolConfig.toolChoice;
  },
  "two messages of one role are one": (wire) => {
    const joined: Wire[] = [];
    for (const message of wire.messages) {
      const last = joined.at(-1);
      if (last?.role === message.role) last.content.push(...message.content);
      else joined.push(message);
    }
    wire.messages = joined;
  },
  "a blank text is left out": (wire) => {
    for (const message of wire.messages) {
      message.content = message.content.filter(({ text }: Wire) => text === undefined || text.trim() !== "");
    }
  },
  "words, not a blank, stand between an attachment and a cache point": (wire, built) => {
    for (const [at, message] of wire.messages.entries()) {
      for (const [block, { cachePoint }] of message.content.entries()) {
        const before = message.content[block - 1];
        const words = built.messages[at]?.content[block];
        if (cachePoint && before?.document && words?.text === "(End of the attachment.)") {
          message.content.splice(block, 0, words);
        }
      }
    }
  },
  "a result that says no status is a success": (wire, _, { model }) => {
    if (!model.capabilities.tools.value.resultStatus) return;
    for (const { toolResult } of partsOf(wire)) if (toolResult) toolResult.status ??= "success";
  },
  "a video's format is written as the service documents it": (wire) => {
    for (const { video } of partsOf(wire)) if (video) video.format = video.format.replace("video/", "");
  },
  "thinking that the model does anyway is asked for, so that it is shown": (wire, _, { model }) => {
    const { whenOmitted, defaultLevel, textOnRequest } = model.capabilities.reasoning.value;
    if (wire.additionalModelRequestFields || whenOmitted !== "on" || !textOnRequest) return;
    const thinking = { type: "adaptive", display: "summarized" };
    wire.additionalModelRequestFields = { thinking, output_config: { effort: defaultLevel } };
  },
  "adaptive thinking has its effort beside it": ({ additionalModelRequestFields: fields }) => {
    if (fields?.thinking?.type === "adaptive") fields.output_config ??= { effort: "high" };
  },
  "a schema is written without spaces": (wire, built) => {
    const recorded = wire.outputConfig?.textFormat.structure.jsonSchema;
    const written = built.outputConfig?.textFormat.structure.jsonSchema.schema;
    if (recorded && written && isDeepStrictEqual(JSON.parse(recorded.schema), JSON.parse(written))) {
      recorded.schema = written;
    }
  },
  "a model that is unreliable with a schema is told it in the system prompt": (wire, built, { model }) => {
    if (!wire.outputConfig || model.capabilities.structuredOutput?.value) return;
    const words = built.system?.at(-1);
    if (!words.text.endsWith(JSON.stringify(JSON.parse(wire.outputConfig.textFormat.structure.jsonSchema.schema))))
      return;
    delete wire.outputConfig;
    wire.system = [...(wire.system ?? []), words];
  },
  "a video that the service refuses in a result stands beside it": (wire, built, { refused }) => {
    for (const [at, message] of wire.messages.entries()) {
      const [first, ...rest] = message.content;
      const [video, ...others] = first.toolResult?.content ?? [];
      const [sent, label, beside] = built.messages[at]?.content ?? [];
      if (!(refused && video?.video && isDeepStrictEqual(beside, video) && label.text.startsWith("(Attached to")))
        continue;
      const content = others.length > 0 ? others : sent.toolResult.content;
      message.content = [{ toolResult: { ...first.toolResult, content } }, label, beside, ...rest];
    }
  },
  "what the service refused is told to the model in words": (wire, built, { refused }) => {
    if (!refused) return;
    for (const [at, message] of wire.messages.entries()) {
      for (const [block, recorded] of message.content.entries()) {
        const notes = (part: Wire, other: Wire): Wire =>
          mediaIn(part) && other?.text?.includes("was left out") ? other : part;
        const sent = built.messages[at]?.content[block];
        const { toolResult } = recorded;
        if (toolResult) {
          toolResult.content = toolResult.content.map((part: Wire, index: number) =>
            notes(part, sent?.toolResult?.content[index]),
          );
        } else message.content[block] = notes(recorded, sent);
      }
    }
  },
};

function mediaIn(part: Wire): boolean {
  return (part.image ?? part.document ?? part.video)?.source.s3Location !== undefined;
}

function partsOf(wire: Wire): Wire[] {
  return wire.messages.flatMap(({ content }: Wire) => content);
}

/** The rules that apply, and the first difference that none of them explains. */
export function differencesOf(
  recorded: Wire,
  built: Wire,
  situation: Situation,
): { rules: string[]; left: string | undefined } {
  const wire = structuredClone(recorded);
  const rules: string[] = [];
  for (const [name, rule] of Object.entries(RULES)) {
    const before = structuredClone(wire);
    rule(wire, built, situation);
    if (!isDeepStrictEqual(before, wire)) rules.push(name);
  }
  return { rules, left: firstDifference(wire, built, "") };
}

function firstDifference(recorded: Wire, built: Wire, path: string): string | undefined {
  if (isDeepStrictEqual(recorded, built)) return undefined;
  if (typeof recorded !== "object" || typeof built !== "object" || recorded === null || built === null) {
    return `${path}: recorded ${show(recorded)}, built ${show(built)}`;
  }
  for (const key of new Set([...Object.keys(recorded), ...Object.keys(built)])) {
    const found = firstDifference(recorded[key], built[key], `${path}/${key}`);
    if (found) return found;
  }
  return `${path}: of different kinds`;
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 160);
}
