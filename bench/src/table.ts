import { median, pairedRatio, type Ratio, verdict } from "./statistics.ts";

/** One comparison: figures of ours and of theirs, taken in pairs. */
export interface Compared {
  readonly what: string;
  readonly unit: string;
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
  /** The other side's name. */
  readonly against: string;
  /** The most that ours may be of theirs. */
  readonly goal?: number | undefined;
}

export function tableHead(): string {
  return [
    "| what | Clawrock | against | its figure | ratio (95 %) | goal |",
    "| ---- | -------- | ------- | ---------- | ------------ | ---- |",
  ].join("\n");
}

/** A row of Markdown: medians, the median paired ratio with its interval, and what it means for the goal. */
export function comparedRow({ what, unit, ours, theirs, against, goal }: Compared): string {
  const ratio = pairedRatio(ours, theirs);
  const met = goal === undefined ? "" : `≤ ${goal.toFixed(2)}: ${verdict(ratio, goal)}`;
  return row([what, figure(median(ours), unit), against, figure(median(theirs), unit), ratioText(ratio), met]);
}

/** A row for a figure that stands by itself. */
export function figureRow(what: string, value: string, goal: string, met: boolean): string {
  return row([what, value, "", "", "", `${goal}: ${met ? "met" : "missed"}`]);
}

function ratioText({ median: middle, low, high }: Ratio): string {
  return `${middle.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}

function figure(value: number, unit: string): string {
  return `${value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)} ${unit}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
