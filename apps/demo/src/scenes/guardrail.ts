import { createConverse } from "@clawrock/bedrock-converse";
import { figures } from "../format.ts";
import { play, wholeAnswer } from "../play.ts";
import type { Scene } from "./scene.ts";

export const guardrail: Scene = {
  name: "guardrail",
  title: "A guardrail",
  async play({ stage, screen, cast }) {
    if (!stage.guardrail) {
      screen.note("Skipped: give a guardrail of your account with --guardrail <id>:<version>.");
      return { skipped: "no guardrail given" };
    }
    const { config, prompt } = stage.guardrail;
    const model = cast.chat.id;
    screen.say(`you → ${model}, guarded by ${config.guardrailIdentifier}: ${prompt}`);
    const messages = [{ role: "user" as const, content: prompt, timestamp: Date.now() }];
    const converse = createConverse({ aws: stage.aws, guardrail: config });
    const played = await play(converse.stream({ model, messages }), screen);
    const intervened = played.message.errorCode === "guardrail-blocked";
    const { message, figures: measured } = intervened ? played : wholeAnswer(played);
    screen.say(intervened ? `✋ ${message.errorMessage}` : "The guardrail let it pass.");
    screen.note(figures(measured));
    return {
      model,
      intervened,
      errorCode: message.errorCode,
      errorMessage: message.errorMessage,
      content: message.content,
      ...measured,
    };
  },
};
