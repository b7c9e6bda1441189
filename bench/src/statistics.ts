export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export interface Ratio {
  readonly median: number;
  /** 95 % interval of the median, by resampling. */
  readonly low: number;
  readonly high: number;
}

/** The median of paired ratios with its 95 % bootstrap interval. */
export function pairedRatio(ours: readonly number[], theirs: readonly number[]): Ratio {
  const ratios = ours.map((value, index) => value / (theirs[index] ?? Number.NaN));
  const medians = Array.from({ length: 2000 }, () =>
    median(ratios.map(() => ratios[Math.floor(Math.random() * ratios.length)] ?? Number.NaN)),
  );
  medians.sort((a, b) => a - b);
  return { median: median(ratios), low: medians[50] ?? Number.NaN, high: medians[1949] ?? Number.NaN };
}

/** `met` only if the whole interval is within the limit, `missed` if none of it is. */
export function verdict({ low, high }: Ratio, limit: number): "met" | "missed" | "undecided" {
  if (high <= limit) return "met";
  return low > limit ? "missed" : "undecided";
}
