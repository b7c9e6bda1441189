import { undatedName } from "../../parse/model-key.ts";
import type { ModelName } from "../../types.ts";

/** Line and version of a Claude model: Opus 4.7 is `{ line: "opus", version: 4.7 }`. */
export interface ClaudeIdentity {
  /** `opus`, `sonnet`, `haiku`, `fable`, `mythos`, `instant`; empty for the lineless Claude 1 and 2. */
  readonly line: string;
  /** Major and minor as one number, the minor in hundredths: 3.5 is 305, 4 is 400, 4.7 is 407. */
  readonly version: number;
}

/** Behaviour a Claude model shares with its contemporaries. Later ones took fields away and never gave one back. */
export type ClaudeGeneration =
  | "legacy"
  | "3"
  | "3.7"
  | "4"
  | "4.5"
  | "4.6"
  | "4.7"
  | "5"
  | "5.5"
  | "haiku-5.5"
  | "fable"
  | "unseen";

/** The version of a name that tells none, and of every new line: its own count says nothing of its age. */
export const NEWEST: number = Number.POSITIVE_INFINITY;

/** Reads line and version from a name. */
export function claudeIdentity(model: ModelName): ClaudeIdentity {
  const name = model.name.includes("-20") ? undatedName(model.name) : model.name;
  const modern = /^claude-([a-z]+)-([0-9]{1,2})(?:-([0-9]{1,2}))?(?:-|$)/.exec(name);
  if (modern?.[1] !== undefined) {
    const [, line, major, minor] = modern;
    return { line, version: SEEN.has(line) ? Number(major ?? 0) * 100 + Number(minor ?? 0) : NEWEST };
  }
  const older = /^claude-([0-9])(?:-([0-9]))?-([a-z]+)/.exec(name);
  if (older?.[3] !== undefined) return { line: older[3], version: Number(older[1] ?? 0) * 100 + Number(older[2] ?? 0) };
  if (name === "claude") return { line: "", version: (model.version?.major ?? 2) * 100 };
  if (name === "claude-instant") return { line: "instant", version: 100 };
  const line = /^claude-([a-z]+)/.exec(name)?.[1];
  return { line: line ?? "", version: NEWEST };
}

/**
 * The generation whose rules a model follows. A version nobody has seen follows the newest one of its line before it;
 * an unseen line follows Opus 5.5 with the fewest optional fields.
 */
export function claudeGeneration({ line, version }: ClaudeIdentity): ClaudeGeneration {
  if (line === "fable" || line === "mythos") return "fable";
  if (version < 300) return "legacy";
  if (version < 307) return "3";
  if (version < 400) return "3.7";
  if (line !== "opus" && line !== "sonnet" && line !== "haiku") return "unseen";
  if (version === 400) return "4";
  if (version < 406) return "4.5";
  if (version < 407) return "4.6";
  if (version < 500) return "4.7";
  if (line === "haiku") return "haiku-5.5";
  return version < 505 ? "5" : "5.5";
}

/** Whether the version is among those AWS has listed, so that a rule about it is more than inheritance. */
export function isSeenClaude({ line, version }: ClaudeIdentity): boolean {
  return SEEN.get(line)?.includes(version) === true;
}

const SEEN: ReadonlyMap<string, readonly number[]> = new Map([
  ["", [100, 200]],
  ["instant", [100]],
  ["opus", [300, 400, 401, 405, 406, 407, 408, 500, 505]],
  ["sonnet", [300, 305, 307, 400, 405, 406, 500, 505]],
  ["haiku", [300, 305, 405, 505]],
  ["fable", [500, 501, 502]],
  ["mythos", [500, 501, NEWEST]],
]);

/** Later than every version that a rule speaks of, so that none tells those beyond it apart. */
const BEYOND = 599;

/** All that the rules ask of a Claude model. */
export function claudeLikeness(model: ModelName): string {
  const { line, version } = claudeIdentity(model);
  const known = SEEN.has(line) ? line : "another";
  const since = version === NEWEST ? "newest" : Math.min(version, BEYOND);
  return `${known} ${since} ${model.version?.major === 2 ? "v2" : ""}`;
}
