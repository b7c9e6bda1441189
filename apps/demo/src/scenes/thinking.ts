import { createConverse } from "@clawrock/bedrock-converse";
import { figures } from "../format.ts";
import { play, wholeAnswer } from "../play.ts";
import type { Scene } from "./scene.ts";

const QUESTION = "Which is larger, 9.11 or 9.9? Think first.";

export const thinking: Scene = {
  name: "thinking",
  title: "Thinking",
  async play({ stage, screen, cast }) {
    const model = cast.thinking.id;
    screen.say(`you → ${model}: ${QUESTION}`);
    const messages = [{ role: "user" as const, content: QUESTION, timestamp: Date.now() }];
    const stream = createConverse({ aws: stage.aws }).stream({ model, messages, thinking: "low", maxTokens: 4000 });
    const played = wholeAnswer(await play(stream, screen));
    const thoughts = played.message.content.filter((part) => part.type === "thinking");
    const signed = thoughts.filter(({ thinkingSignature }) => thinkingSignature).length;
    screen.note(`${thoughts.length} block of thinking, ${signed} signed · ${figures(played.figures)}`);
    return { model, content: played.message.content, ...played.figures };
  },
};
