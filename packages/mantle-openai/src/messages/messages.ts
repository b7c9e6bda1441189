import type { Family } from "../turn/family.ts";
import { MessagesAnswer } from "./messages-answer.ts";
import { messagesHeaders, messagesRequest } from "./messages-request.ts";

/** https://docs.aws.amazon.com/bedrock/latest/userguide/inference-messages-api.html */
export const messages: Family = {
  api: "anthropic-messages",
  path: "/messages",
  headers: messagesHeaders,
  request: (init) => ({ ...messagesRequest(init), stream: true }),
  answer: (init) => new MessagesAnswer(init),
};
