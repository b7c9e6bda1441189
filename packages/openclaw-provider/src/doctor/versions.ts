import packageJson from "../../package.json" with { type: "json" };

const { build, compat } = packageJson.openclaw;

/** The release of OpenClaw this plugin was made for. */
export const MADE_FOR: string = build.openclawVersion;

/** What is wrong with a version of OpenClaw; undefined if nothing is known to be. */
export function hostProblem(version: string): string | undefined {
  const oldest = compat.minGatewayVersion;
  if (compared(version, oldest) >= 0) return undefined;
  return `OpenClaw ${version} is older than ${oldest}, the oldest this plugin works in. Update OpenClaw.`;
}

/** Releases are numbered by date: year, month, number; what follows tells pre-releases. */
function compared(one: string, other: string): number {
  const numbers = (version: string): number[] => (/^[\d.]+/u.exec(version)?.[0] ?? "").split(".").map(Number);
  const [mine, theirs] = [numbers(one), numbers(other)];
  const differing = mine.findIndex((number, at) => number !== theirs[at]);
  return differing < 0 ? 0 : (mine[differing] ?? 0) - (theirs[differing] ?? 0);
}
