import type { Bedrock } from "../lib/bedrock.ts";
import type { Host } from "../lib/host.ts";

/** Something OpenClaw's documentation of Bedrock tells its users to type. */
export interface Entry {
  readonly title: string;
  readonly page: Page;
  /** Commands as they are printed there. */
  readonly shell?: string;
  /** A block of `openclaw.json` as it is printed there. */
  readonly config?: string;
  /** Tries it, and says what came of it. */
  readonly attempt: (trial: Trial) => Promise<Outcome>;
}

export type Page = "Amazon Bedrock" | "Amazon Bedrock, older" | "Amazon Bedrock Mantle";

/** A host with the plugin and nothing else in its config, and a Bedrock whose records begin now. */
export interface Trial {
  readonly host: Host;
  readonly bedrock: Bedrock;
  /** Requests since this trial began, as `Operation model status`. */
  requests(): readonly string[];
  /** The block, merged into the config as an editor would do it. */
  write(block: string): Promise<void>;
  /** What stands in the config at a path. */
  written(...path: readonly string[]): Promise<unknown>;
  /** Takes away what names this machine. */
  plain(text: string): string;
}

export type Outcome = Works | Migrated | Impossible | Skipped;

interface Seen {
  /** What was seen, each a line of Markdown. */
  readonly seen: readonly string[];
}

export interface Works extends Seen {
  readonly verdict: "works as written";
}

/** `openclaw doctor --fix` rewrites it, and then it works. */
export interface Migrated extends Seen {
  readonly verdict: "migrated";
  readonly before: unknown;
  readonly after: unknown;
}

/** The host cannot do it as written. */
export interface Impossible extends Seen {
  readonly verdict: "impossible on this host";
  /** What the host says. */
  readonly message: string;
  /** What does the same; it was tried, too. */
  readonly instead: string;
  readonly language: "bash" | "json5";
}

/** Not tried: the tool is not on this machine. */
export interface Skipped extends Seen {
  readonly verdict: "skipped";
}
