import type { Family } from "../turn/family.ts";
import { ChatAnswer } from "./chat-answer.ts";
import { chatRequest } from "./chat-request.ts";

/** https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html */
export const chat: Family = {
  api: "openai-completions",
  path: "/chat/completions",
  headers: () => ({}),
  request: chatRequest,
  answer: (init) => new ChatAnswer(init),
};
