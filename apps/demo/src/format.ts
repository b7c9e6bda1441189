import type { DiscoveredModel } from "@clawrock/bedrock-discovery";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { Figures } from "./play.ts";

/** Plain digits, two of them counting: `$0.0123`, `$0.00000094`. */
export function usd(amount: number): string {
  if (amount === 0) return "$0";
  const decimals = Math.min(12, Math.max(2, 1 - Math.floor(Math.log10(amount))));
  return `$${amount.toFixed(decimals)}`;
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
  return `${input.value.map(short).join(" ")} → ${output.value.map(short).join(" ")}`;
}

const short = (modality: string): string => modality.replace("document", "doc");

export function reasoning({ reasoning: { value } }: ModelCapabilities): string {
  if (value.mode === "none") return "no";
  return value.levels ? `${value.mode} (${value.levels[0]}–${value.levels.at(-1)})` : value.mode;
}

/** Dollars per million tokens, in and out. */
export function price({ price: known }: ModelCapabilities): string {
  return known ? `$${known.value.input} / $${known.value.output}` : "unknown";
}

export function invocable({ invocation }: DiscoveredModel): string {
  if (invocation.kind !== "inference-profile") return invocation.kind === "on-demand" ? "on demand" : invocation.kind;
  const kind = invocation.type === "APPLICATION" ? "application profile" : "profile";
  const { length, 0: only } = invocation.destinationRegions;
  if (only === "*") return `${kind}, worldwide`;
  return `${kind}, ${length === 1 ? only : `${length} regions`}`;
}

export function figures({ usage, firstTokenMs, totalMs, priceKnown }: Figures): string {
  const cached =
    usage.cacheRead + usage.cacheWrite > 0 ? ` (cache: ${usage.cacheRead} read, ${usage.cacheWrite} written)` : "";
  const cost = priceKnown ? usd(usage.cost.total) : "price unknown";
  const first = firstTokenMs === undefined ? "no token" : `first token after ${Math.round(firstTokenMs)} ms`;
  return `${usage.input} tokens in${cached}, ${usage.output} out · ${cost} · ${first} · ${Math.round(totalMs)} ms in all`;
}
