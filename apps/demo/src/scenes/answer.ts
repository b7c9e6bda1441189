import { createConverse } from "@clawrock/bedrock-converse";
import { figures } from "../format.ts";
import { play, wholeAnswer } from "../play.ts";
import type { Scene } from "./scene.ts";

const QUESTION = "In one sentence: what is a river?";

export const answer: Scene = {
  name: "answer",
  title: "A streamed answer",
  async play({ stage, screen, cast }) {
    const model = cast.chat.id;
    screen.say(`you → ${model}: ${QUESTION}`);
    const messages = [{ role: "user" as const, content: QUESTION, timestamp: Date.now() }];
    const played = wholeAnswer(
      await play(createConverse({ aws: stage.aws }).stream({ model, messages, maxTokens: 300 }), screen),
    );
    screen.note(figures(played.figures));
    return { model, content: played.message.content, ...played.figures };
  },
};
