import { readFileSync } from "node:fs";
import { capabilitiesOf, type Known, parseModelRef } from "../src/index.ts";
import { modelNameOf, withVendor } from "../src/parse/format-model-ref.ts";
import { familyOf } from "../src/rules/index.ts";

/** One line of `rule-rows.txt`: the trait that a rule gives a model in one field. */
export interface RuleRow {
  readonly rule: string;
  readonly id: string;
  readonly field: string;
  /** As `traitText` writes it. */
  readonly trait: string;
}

/** The table of rules: `rule | id | field | trait`, a row for each rule and field, and for each value it can give. */
export function ruleRows(): readonly RuleRow[] {
  return readFileSync(new URL("./rule-rows.txt", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [rule = "", id = "", field = "", trait = ""] = line.split(" | ");
      return { rule, id, field, trait };
    });
}

/** What the rules say of an id, field by field, the figures that the facts table would hide included. */
export function ruledFields(id: string): ReadonlyMap<string, Known<unknown>> {
  const ref = parseModelRef(id);
  const { baseId, family: _, ...fields } = capabilitiesOf(ref);
  // A custom model's ARN has no name but that of its base.
  const model = modelNameOf(ref) ?? modelNameOf(parseModelRef(baseId ?? ""));
  const named = model === undefined ? undefined : withVendor(model);
  const traits: readonly (readonly [string, Known<unknown>])[] = Object.entries(
    named === undefined ? {} : (familyOf(named)?.traits(named) ?? {}),
  );
  const known: readonly (readonly [string, Known<unknown>])[] = Object.entries(fields);
  return new Map([...traits, ...known.filter(([, { provenance }]) => provenance.from === "rule")]);
}

/** The rule by which a value is known, or `default`. */
export function ruleOf({ provenance }: Known<unknown>): string {
  return provenance.from === "rule" ? provenance.rule : provenance.from;
}

/** A value in short: `temperature topP stopSequences` for the flags that are set, `choice=auto,any` for the rest. */
export function traitText(value: unknown): string {
  if (Array.isArray(value)) return value.join(",");
  if (typeof value !== "object" || value === null) return String(value);
  const parts = Object.entries(value)
    .filter(([, part]) => part !== undefined && part !== false)
    .map(([name, part]) => (part === true ? name : `${name}=${traitText(part)}`));
  return parts.length === 0 ? "nothing" : parts.join(" ");
}
