import type { NativeFormatName } from "../models/behaviour-types.ts";
import { chatFormat } from "./chat-format.ts";
import { claudeFormat } from "./claude-format.ts";
import type { NativeFormat } from "./native-format.ts";
import { novaFormat } from "./nova-format.ts";
import {
  commandFormat,
  commandRFormat,
  completionFormat,
  llamaFormat,
  mistralTextFormat,
  titanFormat,
} from "./text-families.ts";

/** Formats by the name that a behaviour gives. */
export const nativeFormats: Readonly<Record<NativeFormatName, NativeFormat>> = {
  claude: claudeFormat,
  nova: novaFormat,
  titan: titanFormat,
  llama: llamaFormat,
  mistral: {
    ...mistralTextFormat,
    // Mistral Large takes a prompt or a chat; its answer follows the request.
    toConverse: (body, model) => pick(body["messages"] !== undefined).toConverse(body, model),
    answer: (request, answer) => pick(request.body["messages"] !== undefined).answer(request, answer),
    stream: (request) => pick(request.body["messages"] !== undefined).stream(request),
  },
  command: commandFormat,
  "command-r": commandRFormat,
  completion: completionFormat,
  chat: chatFormat,
};

function pick(chat: boolean): NativeFormat {
  return chat ? chatFormat : mistralTextFormat;
}
