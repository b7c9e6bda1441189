import { entries, type Json, list, perMillion, positive, record, text } from "./json.ts";

export interface Rates {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite5m?: number | undefined;
  readonly cacheWrite1h?: number | undefined;
}

/** One id in one table. */
export interface TableRow {
  readonly name?: string | undefined;
  readonly context?: number | undefined;
  readonly maxOutput?: number | undefined;
  readonly rates?: Rates | undefined;
  readonly long?: (Rates & { readonly above: number }) | undefined;
  readonly tiers?: string | undefined;
  readonly lifecycle?: "active" | "legacy" | undefined;
}

export type Table = ReadonlyMap<string, TableRow>;

/**
 * LiteLLM's price table. Modes that are not paid by the token are left out, and so are its `bedrock_mantle/` rows, which
 * keep the rates of each model's first day.
 */
export function readLiteLlm(json: unknown): Table {
  const rows = new Map<string, TableRow>();
  for (const [id, row] of entries(json)) {
    const provider = text(row["litellm_provider"]) ?? "";
    if (!provider.startsWith("bedrock") || id.includes("/")) continue;
    const mode = text(row["mode"]) ?? "chat";
    if (!["chat", "completion", "responses", "embedding"].includes(mode)) continue;
    const input = perMillion(row["input_cost_per_token"]);
    const output = perMillion(row["output_cost_per_token"]) ?? (mode === "embedding" ? 0 : undefined);
    rows.set(id, {
      context: positive(row["max_input_tokens"]),
      maxOutput: mode === "embedding" ? undefined : positive(row["max_output_tokens"]),
      rates:
        input === undefined || output === undefined
          ? undefined
          : {
              input,
              output,
              cacheRead: perMillion(row["cache_read_input_token_cost"]),
              cacheWrite5m: perMillion(row["cache_creation_input_token_cost"]),
              cacheWrite1h: perMillion(row["cache_creation_input_token_cost_above_1hr"]),
            },
    });
  }
  return rows;
}

/** models.dev: `api.json`, or its Bedrock models by id. */
export function readModelsDev(json: unknown): Table {
  const models = record(record(json)?.["amazon-bedrock"])?.["models"] ?? json;
  return new Map(
    entries(models).map(([id, row]) => {
      const limit = record(row["limit"]);
      return [
        id,
        {
          name: text(row["name"]),
          context: positive(limit?.["context"]),
          maxOutput: positive(limit?.["output"]),
          rates: ratesOf(record(row["cost"]), "cache_read", "cache_write"),
        },
      ];
    }),
  );
}

/** pi-ai's data file: models by API and key. */
export function readPiAi(json: unknown): Table {
  const rows = new Map<string, TableRow>();
  for (const [, models] of entries(json)) {
    for (const [, row] of entries(models)) {
      const id = text(row["id"]);
      if (id === undefined) continue;
      const cost = record(row["cost"]);
      const tier = record(list(cost?.["tiers"])[0]);
      const above = positive(tier?.["inputTokensAbove"]);
      const long = ratesOf(tier, "cacheRead", "cacheWrite");
      rows.set(id, {
        name: text(row["name"]),
        context: positive(row["contextWindow"]),
        maxOutput: positive(row["maxTokens"]),
        rates: ratesOf(cost, "cacheRead", "cacheWrite"),
        long: above === undefined || long === undefined ? undefined : { ...long, above },
      });
    }
  }
  return rows;
}

/** AWS's model cards, as bedrock-model-map scrapes them, or as a join of tables carries them (`awsModelCard`). */
export function readCards(json: unknown): Table {
  const root = record(json);
  const rows = new Map<string, TableRow>();
  for (const card of list(root?.["models"])) {
    const read = record(card);
    if (read === undefined) continue;
    for (const access of list(read["programmaticAccess"])) {
      const id = text(record(access)?.["modelId"]);
      if (id !== undefined) rows.set(id, cardRow(read, enabledTiers(record(read["serviceTiers"]))));
    }
  }
  for (const [id, joined] of entries(record(root?.["models"]))) {
    const card = record(joined["awsModelCard"]);
    if (card !== undefined) rows.set(id, cardRow(card, list(card["serviceTiers"]).map(String)));
  }
  return rows;
}

function cardRow(card: Json, tiers: readonly string[]): TableRow {
  const lifecycle = text(card["modelLifecycle"] ?? card["lifecycle"]);
  return {
    name: text(card["modelName"] ?? card["name"]),
    context: tokens(card["contextWindow"] ?? card["context"]),
    maxOutput: tokens(card["maxOutputTokens"] ?? card["maxOutput"]),
    tiers: ["flex", "priority", "reserved"]
      .filter((tier) => tiers.includes(tier))
      .map((tier) => tier.slice(0, 1))
      .join(""),
    lifecycle: lifecycle === undefined ? undefined : lifecycle === "Legacy" ? "legacy" : "active",
  };
}

/** Cards write `256K tokens`, meaning 256,000. */
function tokens(value: unknown): number | undefined {
  const found = /^([0-9.]+)\s*([KM])?/i.exec(text(value) ?? "");
  if (found === null) return positive(value);
  const unit = { K: 1000, M: 1_000_000 }[found[2]?.toUpperCase() ?? ""] ?? 1;
  return positive(Number(found[1]) * unit);
}

function enabledTiers(tiers: Json | undefined): readonly string[] {
  return Object.entries(tiers ?? {})
    .filter(([, enabled]) => enabled === true)
    .map(([tier]) => tier);
}

function ratesOf(cost: Json | undefined, readKey: string, writeKey: string): Rates | undefined {
  const input = positive(cost?.["input"]);
  const output = positive(cost?.["output"]);
  if (input === undefined || output === undefined) return undefined;
  return { input, output, cacheRead: positive(cost?.[readKey]), cacheWrite5m: positive(cost?.[writeKey]) };
}
