import { toBedrockError } from "@clawrock/conversation";
import { chooseModels } from "./choose-models.ts";
import { answer } from "./scenes/answer.ts";
import { embeddings } from "./scenes/embeddings.ts";
import { guardrail } from "./scenes/guardrail.ts";
import { showIdentity } from "./scenes/identity.ts";
import { mantle } from "./scenes/mantle.ts";
import { showModels } from "./scenes/models.ts";
import type { Scene } from "./scenes/scene.ts";
import { thinking } from "./scenes/thinking.ts";
import { tool } from "./scenes/tool.ts";
import type { Screen } from "./screen.ts";
import type { Stage } from "./stage.ts";

const SCENES: readonly Scene[] = [answer, tool, thinking, guardrail, embeddings, mantle];

export interface TourReport {
  readonly mode: Stage["mode"];
  readonly identity: object;
  readonly discovery: object;
  readonly scenes: Readonly<Record<string, object>>;
  /** Names of the scenes that failed. */
  readonly failed: readonly string[];
  readonly tookMs: number;
}

/** Plays every scene. One that fails is reported and the tour goes on: an account may lack access to a single model. */
export async function tour(stage: Stage, screen: Screen): Promise<TourReport> {
  const from = performance.now();
  const identity = await showIdentity(stage, screen);
  const { models, report } = await showModels(stage, screen);
  const cast = chooseModels(models);
  const scenes: Record<string, object> = {};
  const failed: string[] = [];
  for (const scene of SCENES) {
    screen.title(scene.title);
    try {
      scenes[scene.name] = await scene.play({ stage, screen, cast });
    } catch (error) {
      const { kind, message } = toBedrockError(error);
      screen.problem(message);
      scenes[scene.name] = { error: kind, message };
      failed.push(scene.name);
    }
  }
  const tookMs = Math.round(performance.now() - from);
  screen.title(
    failed.length > 0
      ? `${failed.length} of ${SCENES.length} scenes failed: ${failed.join(", ")}`
      : "That was the tour.",
  );
  screen.note(
    `${(tookMs / 1000).toFixed(1)} s. Ask something yourself: pnpm demo chat "…"; with your own account: pnpm demo --aws`,
  );
  return { mode: stage.mode, identity, discovery: report, scenes, failed, tookMs };
}
