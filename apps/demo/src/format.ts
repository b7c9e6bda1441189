import type { DiscoveredModel } from "@clawrock/bedrock-discovery";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { Figures } from "./play.ts";

/** `$0.000123`: enough digits to be told from nothing. */
export function usd(amount: number): string {
  return amount === 0 ? "$0" : `$${amount >= 0.01 ? amount.toFixed(4) : amount.toPrecision(2)}`;
}

export function tokens(count: number | undefined): string {
  if (count === undefined) return "?";
  if (count >= 1_000_000) return `${trim(count / 1_000_000)}M`;
  return count >= 1000 ? `${trim(count / 1000)}k` : String(count);
}

function trim(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function modalities({ input, output }: ModelCapabilities): string {
  return `${input.value.join("+")} → ${output.value.join("+")}`;
}

export function reasoning({ reasoning: { value } }: ModelCapabilities): string {
  if (value.mode === "none") return "no";
  return value.levels ? `${value.mode} (${value.levels[0]}–${value.levels.at(-1)})` : value.mode;
}

/** Dollars per million tokens, in and out. */
export function price({ price: known }: ModelCapabilities): string {
  return known ? `$${known.value.input} / $${known.value.output}` : "unknown";
}

export function invocable({ invocation }: DiscoveredModel): string {
  if (invocation.kind === "on-demand") return "on demand";
  const kind = invocation.type === "APPLICATION" ? "application profile" : "profile";
  return `${kind} → ${invocation.destinationRegions.length > 3 ? `${invocation.destinationRegions.length} regions` : invocation.destinationRegions.join(", ")}`;
}

export function figures({ usage, firstTokenMs, totalMs, priceKnown }: Figures): string {
  const cached =
    usage.cacheRead + usage.cacheWrite > 0 ? ` (cache: ${usage.cacheRead} read, ${usage.cacheWrite} written)` : "";
  const cost = priceKnown ? usd(usage.cost.total) : "price unknown";
  const first = firstTokenMs === undefined ? "no token" : `first token after ${Math.round(firstTokenMs)} ms`;
  return `${usage.input} tokens in${cached}, ${usage.output} out · ${cost} · ${first} · ${Math.round(totalMs)} ms in all`;
}
