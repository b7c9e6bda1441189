import type { Family } from "../turn/family.ts";
import { ResponsesAnswer } from "./responses-answer.ts";
import { responsesRequest } from "./responses-request.ts";

/** https://docs.aws.amazon.com/bedrock/latest/userguide/inference-responses-api.html */
export const responses: Family = {
  api: "openai-responses",
  path: "/responses",
  headers: () => ({}),
  request: responsesRequest,
  answer: (init) => new ResponsesAnswer(init),
};
