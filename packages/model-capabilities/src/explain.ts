import { capabilitiesOf } from "./capabilities/capabilities-of.ts";
import { formatModelRef } from "./parse/format-model-ref.ts";
import type { Known, ModelCapabilities, ModelRef, Provenance } from "./types.ts";

/** Fields in the order people ask for them. */
const FIELDS: readonly (readonly [keyof Omit<ModelCapabilities, "baseId" | "family">, string])[] = [
  ["displayName", "name"],
  ["lifecycle", "lifecycle"],
  ["contextWindow", "context window"],
  ["maxOutputTokens", "max output"],
  ["input", "input"],
  ["output", "output"],
  ["mediaLimits", "media limits"],
  ["reasoning", "reasoning"],
  ["sampling", "sampling"],
  ["tools", "tools"],
  ["structuredOutput", "structured output"],
  ["citations", "citations"],
  ["promptCaching", "prompt caching"],
  ["systemPrompt", "system prompt"],
  ["holdUntilStop", "hold until stop"],
  ["invocation", "invocation"],
  ["serviceTiers", "service tiers"],
  ["latencyOptimized", "latency-optimised"],
  ["embedding", "embedding"],
  ["price", "USD per million"],
  ["mantle", "Mantle"],
];

/**
 * A record for people: what the id refers to, then a line a field with its value and where that comes from. The text is
 * for reading; its form may change in any release.
 */
export function explain(ref: ModelRef): string {
  if (ref.kind === "unknown") return `${JSON.stringify(ref.raw)} is no Bedrock model id: ${ref.reason}.`;
  const known = capabilitiesOf(ref);
  const rows = FIELDS.flatMap(([field, label]) => {
    const value = known[field];
    return value === undefined ? [] : [row(label, value)];
  });
  const missing = FIELDS.filter(([field]) => known[field] === undefined).map(([, label]) => label);
  return [
    `${formatModelRef(ref)}`,
    `  ${ref.kind}${ref.kind === "inference-profile" ? `, geography ${ref.geography}` : ""}; model ${known.baseId ?? "not told by the id"}; family ${known.family}`,
    ...rows,
    ...(missing.length === 0 ? [] : [`  not known: ${missing.join(", ")}`]),
  ].join("\n");
}

function row(label: string, { value, provenance }: Known<unknown>): string {
  return `  ${label.padEnd(18)} ${show(value)}  [${origin(provenance)}]`;
}

function show(value: unknown): string {
  if (typeof value === "number") return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(show).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .map(
      ([name, part]) => `${name} ${typeof part === "object" && !Array.isArray(part) ? `(${show(part)})` : show(part)}`,
    )
    .join("; ");
}

function origin(provenance: Provenance): string {
  switch (provenance.from) {
    case "fact":
      return `fact: ${provenance.source}, ${provenance.date}`;
    case "rule":
      return `${provenance.assumed ? "assumed" : "rule"}: ${provenance.rule}`;
    default:
      return provenance.from;
  }
}
