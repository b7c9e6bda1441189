import { capabilitiesOf } from "./capabilities/capabilities-of.ts";
import { formatModelRef } from "./parse/format-model-ref.ts";
import type { ModelCapabilities, ModelRef, Provenance } from "./types.ts";

/** Fields in the order people ask for them. */
const FIELDS: readonly (readonly [keyof Omit<ModelCapabilities, "baseId" | "family">, string])[] = [
  ["displayName", "name"],
  ["lifecycle", "lifecycle"],
  ["contextWindow", "context window"],
  ["maxOutputTokens", "max output"],
  ["input", "input"],
  ["output", "output"],
  ["mediaLimits", "media limits"],
  ["mediaRules", "media rules"],
  ["turns", "turns"],
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
 * A record for people: what the id refers to, then a line a field with its value and where that comes from, then the
 * pages those rules stand on. The text is for reading; its form may change in any release.
 */
export function explain(ref: ModelRef): string {
  if (ref.kind === "unknown") return `${JSON.stringify(ref.raw)} is no Bedrock model id: ${ref.reason}.`;
  const known = capabilitiesOf(ref);
  const pages: string[] = [];
  const rows = FIELDS.flatMap(([field, label]) => {
    const value = known[field];
    return value === undefined
      ? []
      : [`  ${label.padEnd(18)} ${show(value.value)}  [${origin(value.provenance, pages)}]`];
  });
  const missing = FIELDS.filter(([field]) => known[field] === undefined && applies(field, known));
  const labels = missing.map(([, label]) => label);
  return [
    formatModelRef(ref),
    `  ${headline(ref, known)}`,
    ...rows,
    ...(labels.length === 0 ? [] : [`  not known: ${labels.join(", ")}`]),
    ...pages.map((page, index) => `  [${index + 1}] ${page}`),
  ].join("\n");
}

function headline(ref: ModelRef, { baseId, family }: ModelCapabilities): string {
  const kind = ref.kind.replaceAll("-", " ") + (ref.kind === "inference-profile" ? `, geography ${ref.geography}` : "");
  if (baseId === undefined) {
    const lookUp =
      ref.kind === "application-inference-profile" ? "GetInferenceProfile tells it" : "look it up, and ask about that";
    return `${kind}; the ARN does not tell the model (${lookUp}), so what follows is safe to assume of any`;
  }
  return `${kind}; model ${baseId}; ${family === "unknown" ? "of no known family" : `family ${family}`}`;
}

/** Whether a model of this kind could have the field at all. */
function applies(field: keyof ModelCapabilities, { input, output }: ModelCapabilities): boolean {
  if (field === "embedding") return output.value.includes("embedding");
  // Absent says enough: nothing beyond the service's own rules.
  if (field === "mediaRules" || field === "turns") return false;
  if (field === "mediaLimits") {
    return output.value.includes("text") && (input.value.includes("image") || input.value.includes("document"));
  }
  return true;
}

/** A record that says no by its first field needs no more words. */
function show(value: unknown): string {
  if (typeof value === "number") return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value))
    return value.length === 0 ? "none" : value.map((one) => (typeof one === "number" ? one : show(one))).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  const parts = Object.entries(value).filter(([, part]) => part !== undefined);
  const [name, first] = parts[0] ?? [];
  if ((name === "supported" && first === false) || (name === "mode" && first === "none")) return "none";
  return parts
    .map(([part, inner]) => {
      const text = show(inner);
      return `${words(part)} ${typeof inner === "object" && !Array.isArray(inner) ? `(${text})` : text}`;
    })
    .join("; ");
}

/** `maxImageBytes` is "max image bytes"; `cacheWrite5m` is "cache write 5m". */
function words(name: string): string {
  return name
    .replace(/[A-Z0-9]+/g, (part) => ` ${part.toLowerCase()}`)
    .replace("top p", "topP")
    .replace("top k", "topK");
}

/** Where a value comes from; the page of a rule by its number in `pages`, to which a new one is added. */
function origin(provenance: Provenance, pages: string[]): string {
  if (provenance.from === "fact") return `fact: ${provenance.source}, ${provenance.date}`;
  if (provenance.from !== "rule") return provenance.from;
  const { rule, url, basis = "documented", assumed = false } = provenance;
  if (url !== undefined && !pages.includes(url)) pages.push(url);
  const page = url === undefined ? "" : ` ${pages.indexOf(url) + 1}`;
  return `${assumed ? "assumed" : basis}${page}: ${rule}`;
}
