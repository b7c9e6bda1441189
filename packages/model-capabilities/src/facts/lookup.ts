import { isKnownVendor } from "../parse/vendors.ts";
import type { Known, ModelCapabilities, ModelName, Provenance, ServiceTier } from "../types.ts";
import { factKeys } from "./fact-key.ts";
import { FACT_OVERRIDES, type FactOverride } from "./overrides.ts";
import { priceFacts } from "./price.ts";
import { fromDecision, fromSource } from "./provenance.ts";
import { factRow } from "./rows.ts";
import type { FactRow, Sourced } from "./types.ts";

/** The fields the table may know. */
export type Facts = Pick<
  ModelCapabilities,
  "displayName" | "contextWindow" | "maxOutputTokens" | "price" | "serviceTiers" | "lifecycle"
>;

const TIERS: readonly (readonly [letter: string, tier: ServiceTier])[] = [
  ["f", "flex"],
  ["p", "priority"],
  ["r", "reserved"],
];

/**
 * What the table and the hand-made decisions say about a model in a geography (empty: the bare id); `undefined` where the
 * table has no row.
 */
export function factsOf(model: ModelName, geography: string): Facts | undefined {
  // Of a vendor nobody has heard of no table says anything.
  if (model.vendor === undefined || !isKnownVendor(model.vendor)) return undefined;
  const keys = factKeys(model);
  // A model has rows of one kind only, and few have them by major version.
  const plain = factRow(keys[1]);
  const key = plain === undefined ? keys[0] : keys[1];
  const row = plain ?? (model.version === undefined ? undefined : factRow(key));
  if (row === undefined || isLater(model, row)) return undefined;
  const override = FACT_OVERRIDES[key];
  const context = sourced(row.context, override?.contextWindow, override);
  const maxOutput = sourced(row.maxOutput, override?.maxOutputTokens, override);
  const price = priceFacts(row, override, geography);
  return {
    ...(row.name === undefined ? {} : { displayName: { value: row.name, provenance: nameSource(row) } }),
    ...(context === undefined ? {} : { contextWindow: context }),
    ...(maxOutput === undefined ? {} : { maxOutputTokens: maxOutput }),
    ...(price === undefined ? {} : { price }),
    ...tierFacts(row),
  };
}

/** `amazon.nova-lite-v2:0` would not be the model whose row names only a v1. */
function isLater({ version }: ModelName, row: FactRow): boolean {
  return version?.marker === "-v" && version.major > (row.major ?? 1);
}

function tierFacts(row: FactRow): Pick<Facts, "serviceTiers" | "lifecycle"> {
  const { tiers, lifecycle } = row;
  return {
    ...(tiers === undefined
      ? {}
      : {
          serviceTiers: {
            value: tiers[0] === "" ? [] : TIERS.filter(([letter]) => tiers[0].includes(letter)).map(([, tier]) => tier),
            provenance: fromSource(tiers[1]),
          },
        }),
    ...(lifecycle === undefined ? {} : { lifecycle: { value: lifecycle[0], provenance: fromSource(lifecycle[1]) } }),
  };
}

function sourced(
  row: Sourced | undefined,
  decided: number | undefined,
  override: FactOverride | undefined,
): Known<number> | undefined {
  if (decided !== undefined && override !== undefined) return { value: decided, provenance: fromDecision(override) };
  return row === undefined ? undefined : { value: row[0], provenance: fromSource(row[1]) };
}

function nameSource(row: FactRow): Provenance {
  return fromSource(row.context?.[1] ?? row.maxOutput?.[1] ?? 0);
}
