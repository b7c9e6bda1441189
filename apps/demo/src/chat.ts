import { createConverse } from "@clawrock/bedrock-converse";
import { discoverModels } from "@clawrock/bedrock-discovery";
import { chooseModels } from "./choose-models.ts";
import { figures } from "./format.ts";
import { type Played, play, wholeAnswer } from "./play.ts";
import type { Screen } from "./screen.ts";
import type { Stage } from "./stage.ts";

/** Asks one question. Without a model the cheapest one of the account answers. */
export async function chat(question: string, model: string | undefined, stage: Stage, screen: Screen): Promise<Played> {
  const id = model ?? chooseModels((await discoverModels({ aws: stage.aws })).models).chat.id;
  screen.note(`${stage.mode === "emulator" ? "local emulator" : "AWS"}, ${stage.aws.region.name}, ${id}`);
  const messages = [{ role: "user" as const, content: question, timestamp: Date.now() }];
  const played = wholeAnswer(await play(createConverse({ aws: stage.aws }).stream({ model: id, messages }), screen));
  screen.note(figures(played.figures));
  return played;
}
