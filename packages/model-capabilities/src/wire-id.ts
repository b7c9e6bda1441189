import { formatModelRef, modelNameOf } from "./parse/format-model-ref.ts";
import { modelKey, undatedName } from "./parse/model-key.ts";
import { parseModelRef } from "./parse/parse-model-ref.ts";
import { similarIds } from "./similar-ids.ts";
import type { ModelName, ModelRef } from "./types.ts";

/** Where the id will be sent. */
export interface WireDestination {
  /** The ids the account's lists hold: foundation models and profiles. Empty or absent: nothing is known. */
  readonly listed?: Iterable<string> | undefined;
  /** The geography to prefer where the ref names none and the model is listed by profile only: `us`, `eu`, … */
  readonly geography?: string | undefined;
  /** The request region; stands in for `geography` by its first word where that geography is listed. */
  readonly region?: string | undefined;
}

export type WireId =
  /** Send this id: ARNs are never rewritten, and a listed id is right. */
  | { readonly status: "as-is"; readonly id: string; readonly because: "arn" | "listed" }
  /**
   * Send this id too, though no listed id is the same model in the same geography: the list may be of another account
   * or region. `similar` are listed ids that may have been meant, closest first; often none.
   */
  | { readonly status: "as-is"; readonly id: string; readonly because: "unlisted"; readonly similar: readonly string[] }
  /** Send `id`: the one listed id of the same model and geography. Tell the user once. */
  | { readonly status: "corrected"; readonly id: string; readonly from: string }
  /** Several listed ids fit equally well; send none, ask which. */
  | { readonly status: "ambiguous"; readonly from: string; readonly candidates: readonly string[] };

/**
 * The id to put on the wire. ARNs and listed ids go out as they are. An id that is not listed but is the model, version
 * and geography of exactly one listed id is corrected to that (`us.anthropic.claude-opus-4-6-v1:0` to
 * `us.anthropic.claude-opus-4-6-v1`); of several none is chosen. Any other id goes out as it is.
 */
export function wireId(ref: ModelRef, destination: WireDestination = {}): WireId {
  const from = formatModelRef(ref);
  const model = modelNameOf(ref);
  if (model === undefined) {
    return ref.kind === "unknown" ? unlisted(from, []) : { status: "as-is", id: from, because: "arn" };
  }
  if ("arn" in ref && ref.arn !== undefined) return { status: "as-is", id: from, because: "arn" };
  const listed = new Set(destination.listed ?? []);
  if (listed.has(from)) return { status: "as-is", id: from, because: "listed" };
  const key = modelKey(model);
  const alike: Listed[] = [];
  for (const id of listed) {
    const other = parseModelRef(id);
    const otherModel = modelNameOf(other);
    if (otherModel !== undefined && modelKey(otherModel) === key) alike.push({ id, ref: other, model: otherModel });
  }
  const compatible = alike.filter((one) => agree(one.model, model));
  const sameGeography = compatible.filter((one) => geographyOf(one.ref) === geographyOf(ref));
  const pool = sameGeography.length > 0 ? sameGeography : inDestination(compatible, ref, destination);
  const closest = narrow(pool, model);
  const [only, ...more] = closest;
  if (only === undefined) {
    return unlisted(from, alike.length > 0 ? alike.map((one) => one.id).sort() : similarIds(from, listed));
  }
  if (more.length > 0) return { status: "ambiguous", from, candidates: closest.map((one) => one.id).sort() };
  return { status: "corrected", id: only.id, from };
}

interface Listed {
  readonly id: string;
  readonly ref: ModelRef;
  readonly model: ModelName;
}

function unlisted(id: string, similar: readonly string[]): WireId {
  return { status: "as-is", id, because: "unlisted", similar };
}

/** A bare id whose model is listed by profile only goes to the profile of the destination's geography. */
function inDestination(
  compatible: readonly Listed[],
  ref: ModelRef,
  { geography, region }: WireDestination,
): readonly Listed[] {
  if (geographyOf(ref) !== undefined) return [];
  const wanted = geography ?? region?.replace(/-[a-z]+-[0-9]+$/, "");
  return compatible.filter((one) => wanted !== undefined && geographyOf(one.ref) === wanted);
}

/** Whether nothing that both ids state contradicts: dates, versions and suffixes are compared where both have one. */
function agree(a: ModelName, b: ModelName): boolean {
  if (a.suffix !== b.suffix) return false;
  if (dateOf(a) !== "" && dateOf(b) !== "" && dateOf(a) !== dateOf(b)) return false;
  if (a.version === undefined || b.version === undefined || a.version.marker !== b.version.marker) return true;
  if (a.version.major !== b.version.major) return false;
  return a.version.minor === undefined || b.version.minor === undefined || a.version.minor === b.version.minor;
}

/** Prefers what states the same date, version and vendor; of several equally close none is chosen. */
function narrow(pool: readonly Listed[], model: ModelName): readonly Listed[] {
  const traits: ((other: ModelName) => boolean)[] = [
    (other) => dateOf(other) === dateOf(model),
    (other) => other.version?.marker === model.version?.marker,
    (other) => other.vendor === model.vendor,
  ];
  let rest = pool;
  for (const agrees of traits) {
    const kept = rest.filter((one) => agrees(one.model));
    if (kept.length > 0) rest = kept;
  }
  return rest;
}

function geographyOf(ref: ModelRef): string | undefined {
  return ref.kind === "inference-profile" ? ref.geography : undefined;
}

function dateOf(model: ModelName): string {
  return model.name.slice(undatedName(model.name).length);
}
