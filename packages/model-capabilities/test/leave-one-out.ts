import { FACT_OVERRIDES } from "../src/facts/overrides.ts";
import { factRow, factRowKeys } from "../src/facts/rows.ts";
import { modelNameOf, withVendor } from "../src/parse/format-model-ref.ts";
import { parseModelRef } from "../src/parse/parse-model-ref.ts";
import { familyOf } from "../src/rules/index.ts";
import type { Traits } from "../src/rules/traits.ts";

/** What the rules alone say of a figure whose fact is hidden. */
export interface Prediction {
  readonly key: string;
  readonly family: string;
  readonly figure: "context" | "output";
  readonly fact: number;
  readonly rule: number | undefined;
  readonly verdict: "same" | "close" | "other" | "none";
}

/** Tables round: 131,072 is written 128K and 128,000. */
const CLOSE = 0.07;

/** Hides each row of the table in turn and asks the rules for its limits. */
export function predictions(): readonly Prediction[] {
  return factRowKeys().flatMap((key) => {
    const row = factRow(key) ?? {};
    const { family, traits } = ruleTraits(key);
    const decided = FACT_OVERRIDES[key];
    return [
      predict(key, family, "context", decided?.contextWindow ?? row.context?.[0], traits.contextWindow?.value),
      predict(key, family, "output", decided?.maxOutputTokens ?? row.maxOutput?.[0], traits.maxOutputTokens?.value),
    ].flat();
  });
}

/** A key is an id without its version; `key@2` had major version 2. */
function ruleTraits(key: string): { readonly family: string; readonly traits: Traits } {
  const [id = "", major] = key.split("@");
  const model = modelNameOf(parseModelRef(major === undefined ? id : `${id}-v${major}:0`));
  const rules = model === undefined ? undefined : familyOf(withVendor(model));
  return {
    family: rules?.family ?? "unknown",
    traits: model === undefined ? {} : (rules?.traits(withVendor(model)) ?? {}),
  };
}

function predict(
  key: string,
  family: string,
  figure: "context" | "output",
  fact: number | undefined,
  rule: number | undefined,
): readonly Prediction[] {
  if (fact === undefined) return [];
  const verdict =
    rule === undefined ? "none" : rule === fact ? "same" : Math.abs(rule - fact) <= CLOSE * fact ? "close" : "other";
  return [{ key, family, figure, fact, rule, verdict }];
}

/** The report as a Markdown table, a line a family. */
export function report(all: readonly Prediction[]): string {
  const families = [...new Set(all.map((one) => one.family))].sort();
  const line = (family: string, of: readonly Prediction[]): string => {
    const count = (figure: Prediction["figure"]): string => {
      const some = of.filter((one) => one.figure === figure);
      const right = some.filter((one) => one.verdict === "same" || one.verdict === "close").length;
      return some.length === 0 ? "–" : `${right} of ${some.length}`;
    };
    return `| ${family} | ${new Set(of.map((one) => one.key)).size} | ${count("context")} | ${count("output")} |`;
  };
  return [
    "| Family | Models | Context window | Max output |",
    "|---|---|---|---|",
    ...families.map((family) =>
      line(
        family,
        all.filter((one) => one.family === family),
      ),
    ),
    line("**all**", all),
  ].join("\n");
}
