import { countTokens } from "../engine/tokens.ts";
import type { StopReason } from "../engine/turn.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { checkFields, type NativeField } from "./check-fields.ts";
import type { NativeAnswer, NativeFormat, NativeRequest } from "./native-format.ts";

/** A family whose bodies hold one prompt and one text. */
export interface TextFamily {
  /** Key of the prompt. */
  readonly prompt: string;
  readonly fields: Readonly<Record<string, NativeField>>;
  /** Key of an object that holds the sampling fields; none where they stand beside the prompt. */
  readonly settings?: string;
  readonly settingFields?: Readonly<Record<string, NativeField>>;
  /** Names of the sampling fields. */
  readonly maxTokens: string;
  readonly topP: string;
  readonly stop?: string;
  whole(answer: NativeAnswer, request: NativeRequest): object;
  /** One piece of a stream; `tokens` counts what was sent with it, `first` says that it begins the stream. */
  piece(text: string, request: NativeRequest, tokens: number, first: boolean): object;
  last(answer: NativeAnswer, request: NativeRequest): object;
}

/** Makes the format of a family of plain text. */
export function textFormat(family: TextFamily): NativeFormat {
  return {
    toConverse(body) {
      checkFields(body, family.fields);
      const inner = family.settings === undefined ? body : body[family.settings];
      const settings = isJsonObject(inner) ? inner : {};
      if (family.settings !== undefined && family.settingFields) {
        checkFields(settings, family.settingFields, `#/${family.settings}`);
      }
      return {
        messages: [{ role: "user", content: [{ text: body[family.prompt] ?? "" }] }],
        inferenceConfig: inferenceConfig(settings, family),
      };
    },
    answer: (request, answer) => family.whole(answer, request),
    stream(request) {
      let tokens = 0;
      let pieces = 0;
      return {
        begin: () => [],
        take: (event) => {
          if (event.kind !== "text") return [];
          tokens += countTokens(event.text);
          return [family.piece(event.text, request, tokens, pieces++ === 0)];
        },
        end: (answer) => [family.last(answer, request)],
      };
    },
  };
}

function inferenceConfig(settings: JsonObject, family: TextFamily): JsonObject {
  const stop = family.stop === undefined ? undefined : settings[family.stop];
  return defined({
    maxTokens: settings[family.maxTokens],
    temperature: settings["temperature"],
    topP: settings[family.topP],
    stopSequences: stop,
  });
}

/** An object without the members that are `undefined`. */
export function defined(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** A reason to stop in the two words that most families have for it. */
export function stopWord(reason: StopReason, stopped: string, limited: string): string {
  return reason === "max_tokens" ? limited : stopped;
}
