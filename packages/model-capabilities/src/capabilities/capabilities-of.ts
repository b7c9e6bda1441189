import { type Facts, factsOf } from "../facts/lookup.ts";
import { modelNameOf, withVendor } from "../parse/format-model-ref.ts";
import { formatModelName, parseModelName } from "../parse/model-name.ts";
import { familyOf } from "../rules/index.ts";
import { NAMELESS } from "../rules/nameless-family.ts";
import { byRule, type FamilyRules, inherited, type RuleSource, type Traits } from "../rules/traits.ts";
import type { Known, ModelCapabilities, ModelName, ModelRef } from "../types.ts";
import { DEFAULTS } from "./defaults.ts";
import { derivedTraits } from "./derived.ts";
import { type CapabilityOverrides, checkOverrides } from "./overrides.ts";

/** By ref, as many as there are refs kept. Weak keys would cost the collector more than what they hold is worth. */
const described = new Map<ModelRef, ModelCapabilities>();
const MAX_DESCRIBED = 4096;

/**
 * Everything known about the model behind a ref, each field with its provenance: what the caller gives, then the facts
 * table, then the rules of the family and version, then the safe default. A field nobody knows is absent.
 *
 * A version nobody has seen inherits the rules of its family's newest version. Application profiles, provisioned and
 * imported models have defaults only: resolve their ARN to a model first and ask about that.
 *
 * @throws InvalidOverrideError when an override names no field or a value the field cannot have.
 */
export function capabilitiesOf(ref: ModelRef, overrides?: CapabilityOverrides): ModelCapabilities {
  let capabilities = described.get(ref);
  if (capabilities === undefined) {
    capabilities = Object.freeze(describe(ref));
    if (described.size >= MAX_DESCRIBED) described.clear();
    described.set(ref, capabilities);
  }
  return overrides === undefined ? capabilities : withOverrides(capabilities, overrides);
}

function describe(ref: ModelRef): ModelCapabilities {
  const model = modelNameOf(ref) ?? customBase(ref);
  if (model === undefined) return { ...NOTHING_KNOWN, ...opaqueTraits(ref) };
  const named = model.vendor === undefined ? withVendor(model) : model;
  const baseId = formatModelName(named, { suffix: false });
  const rules = familyOf(named) ?? NAMELESS;
  const facts = factsOf(named, ref.kind === "inference-profile" ? ref.geography : "");
  // The spread comes first: what is alike is copied as a whole.
  const known = { ...(facts === undefined ? unlisted(rules, named) : listed(rules, named, facts)), baseId };
  return model.suffix === undefined ? known : { ...known, ...suffixTraits(model.suffix) };
}

const NOTHING_KNOWN: ModelCapabilities = { baseId: undefined, family: NAMELESS.family, ...DEFAULTS };

/** What is known of a model of the table, but for its id. */
function listed({ family, traits }: FamilyRules, model: ModelName, facts: Facts): ModelCapabilities {
  return completed({ ...NOTHING_KNOWN, family, ...traits(model), ...facts });
}

/** By what decides about them: a model nobody has seen mostly differs from others of its family in nothing but its id. */
const alike = new Map<FamilyRules, Map<string, ModelCapabilities>>();

/** What is known of a model that the table does not have, but for its id. */
function unlisted(rules: FamilyRules, model: ModelName): ModelCapabilities {
  const likeness = rules.likeness?.(model);
  const before = likeness === undefined ? undefined : alike.get(rules)?.get(likeness);
  if (before !== undefined) return before;
  const traits = rules.traits(model);
  const { family } = rules;
  const known = completed({ ...NOTHING_KNOWN, family, ...(isTabled(traits) ? inherited(traits) : traits) });
  if (likeness !== undefined) {
    const ofFamily = alike.get(rules) ?? new Map<string, ModelCapabilities>();
    alike.set(rules, ofFamily.set(likeness, known));
  }
  return known;
}

function completed(known: ModelCapabilities): ModelCapabilities {
  return { ...known, ...derivedTraits(known) };
}

const PROVISIONED: RuleSource = { url: "https://docs.aws.amazon.com/bedrock/latest/userguide/prov-throughput.html" };

/** An ARN of provisioned throughput says how the model is invoked, if nothing else. */
function opaqueTraits({ kind }: ModelRef): Pick<ModelCapabilities, "invocation"> {
  if (kind !== "provisioned-model") return {};
  const bought = { onDemand: false, byProfile: false, provisioned: true };
  return { invocation: byRule("a provisioned model is provisioned", bought, PROVISIONED) };
}

/** Whether the facts table holds all known models of the kind, so that one without a row is a model nobody has seen. */
function isTabled(traits: Traits): boolean {
  const output = traits.output?.value;
  return output !== undefined && (output.includes("embedding") || (output.includes("text") && output.length === 1));
}

const SUFFIXES: RuleSource = { url: "https://github.com/abental/bedrock-chatbot", basis: "recorded" };

/** An id with a suffix is bought as throughput of its own; `:24k` buys a narrower window than the model's. */
function suffixTraits(suffix: string): Pick<ModelCapabilities, "contextWindow" | "invocation"> {
  const bought = { onDemand: false, byProfile: false, provisioned: true };
  const invocation = byRule("an id with a suffix is provisioned", bought, SUFFIXES);
  const thousands = /^([0-9]+)k$/.exec(suffix)?.[1];
  if (thousands === undefined) return { invocation };
  return { invocation, contextWindow: byRule("the id's context suffix", Number(thousands) * 1000, SUFFIXES) };
}

/** `custom-model/amazon.nova-lite-v1:0:300k/ab12…`: the ARN names the model it was made from. */
function customBase(ref: ModelRef): ModelName | undefined {
  if (ref.kind !== "custom-model") return undefined;
  const [base, id] = ref.resourceId.split("/");
  if (base === undefined || id === undefined) return undefined;
  const name = parseModelName(base);
  return typeof name === "string" || name.model.vendor === undefined ? undefined : name.model;
}

function withOverrides(capabilities: ModelCapabilities, overrides: CapabilityOverrides): ModelCapabilities {
  checkOverrides(overrides);
  const given: Record<string, Known<unknown>> = {};
  for (const [field, value] of Object.entries(overrides)) {
    if (value !== undefined) given[field] = { value, provenance: { from: "override" } };
  }
  return { ...capabilities, ...given };
}
