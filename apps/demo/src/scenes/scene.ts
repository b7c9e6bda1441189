import type { Cast } from "../choose-models.ts";
import type { Screen } from "../screen.ts";
import type { Stage } from "../stage.ts";

/** What a scene finds on arrival. */
export interface Setting {
  readonly stage: Stage;
  readonly screen: Screen;
  readonly cast: Cast;
}

/** One thing shown. `play` gives what a program wants to know about it. */
export interface Scene {
  readonly name: string;
  readonly title: string;
  play(setting: Setting): Promise<object>;
}
