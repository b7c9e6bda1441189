import type { ModelName } from "../types.ts";
import { isKnownVendor, vendorOfName, writesVersionsWithHyphen } from "./vendors.ts";

/** What stands before the name in an id, and the name with its version and suffix. */
interface Segments {
  readonly geography: string | undefined;
  readonly vendor: string | undefined;
  readonly rest: string;
}

export interface ParsedName {
  readonly geography: string | undefined;
  readonly model: ModelName;
}

const ALLOWED = /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/;
const GEOGRAPHY = /^[a-z]{2,6}(-[a-z]{2,6})*$/;
const SURE_GEOGRAPHY = /^([a-z]{2}(-[a-z]{2,6})*|global|apac)$/;
const NUMBER = /^(0|[1-9][0-9]{0,3})$/;
const NONE: readonly string[] = [];
const SIZED = /^(.+-[0-9]+b)-(0|[1-9][0-9]{0,3})$/;
const SUFFIX = /^[a-z0-9]{1,16}$/;

/**
 * Reads `[geography.][vendor.]name[-vN][:M][:suffix]`. Gives the reason as a string when the text is no such id.
 *
 * A dot between two digits belongs to a version (`gpt-5.6-sol`, `kimi-k2.5`); any other dot separates parts.
 */
export function parseModelName(text: string): ParsedName | string {
  const lower = (text.includes("@") ? withoutAt(text) : text).toLowerCase();
  const colon = lower.indexOf(":");
  const head = colon < 0 ? lower : lower.slice(0, colon);
  const tail = colon < 0 ? NONE : lower.slice(colon + 1).split(":");
  if (head === "") return "the model name is missing";
  if (!ALLOWED.test(head)) return "a model id holds letters, digits, dots, hyphens and colons only";
  if (tail.length > 2) return "more than two colons";
  const segments = splitSegments(head);
  if (segments === undefined) return "an empty part between two dots";
  const rest = segments.rest.includes(".") ? hyphenated(segments.rest, segments.vendor) : segments.rest;
  const version =
    tail.length === 0 && !rest.includes("-v")
      ? { name: rest, version: undefined, suffix: undefined }
      : readVersion(rest, tail);
  if (typeof version === "string") return version;
  return { geography: segments.geography, model: { vendor: segments.vendor, ...version } };
}

/** `claude-haiku-4-5@20251001`, as another cloud writes dates. */
function withoutAt(text: string): string {
  return text.replace(/@(?=[0-9]{8}($|:))/, "-");
}

/**
 * Decides which leading parts are geography and vendor. The list of vendors is consulted before shapes, because
 * vendors are few and public while AWS adds geographies without notice:
 * one part is a name; with a known vendor in first or second place the rest follows; of three unknown parts the first
 * is a geography if it is short letters (`sa.newvendor.model`); of two, a vendor, unless the second names a known
 * family and the first can only be a geography (`us.claude-opus-4-7`).
 */
function splitSegments(head: string): Segments | undefined {
  const parts = splitAtDots(head);
  if (parts.includes("")) return undefined;
  const first = parts[0] ?? "";
  const second = parts[1];
  if (second !== undefined && isKnownVendor(first)) {
    return { geography: undefined, vendor: first, rest: head.slice(first.length + 1) };
  }
  return second !== undefined && parts.length > 2 && isKnownVendor(second)
    ? { geography: first, vendor: second, rest: head.slice(first.length + second.length + 2) }
    : splitByShape(head, parts, first, second);
}

function splitByShape(head: string, parts: readonly string[], first: string, second: string | undefined): Segments {
  if (second === undefined)
    return splitAfterKnownVendor(first) ?? { geography: undefined, vendor: undefined, rest: first };
  if (parts.length === 2) {
    const geographyOnly = first.includes("-") || (SURE_GEOGRAPHY.test(first) && vendorOfName(second) !== undefined);
    if (geographyOnly && GEOGRAPHY.test(first)) return { geography: first, vendor: undefined, rest: second };
    return { geography: undefined, vendor: first, rest: second };
  }
  return GEOGRAPHY.test(first)
    ? { geography: first, vendor: second, rest: head.slice(first.length + second.length + 2) }
    : { geography: undefined, vendor: first, rest: head.slice(first.length + 1) };
}

/** Writes a dotted version with a hyphen where the vendor does. */
function hyphenated(rest: string, named: string | undefined): string {
  const vendor = named ?? vendorOfName(rest);
  return vendor !== undefined && writesVersionsWithHyphen(vendor) ? rest.replace(/(?<=[0-9])\.(?=[0-9])/g, "-") : rest;
}

const ZERO = "0".charCodeAt(0);
const NINE = "9".charCodeAt(0);

/** Splits at every dot but those between two digits. */
function splitAtDots(head: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let dot = head.indexOf("."); dot >= 0; dot = head.indexOf(".", dot + 1)) {
    const before = head.charCodeAt(dot - 1);
    const after = head.charCodeAt(dot + 1);
    if (before >= ZERO && before <= NINE && after >= ZERO && after <= NINE) continue;
    parts.push(head.slice(start, dot));
    start = dot + 1;
  }
  parts.push(head.slice(start));
  return parts;
}

/** `ai21.2-large`: the dot stands between digits and yet ends the vendor. */
function splitAfterKnownVendor(part: string): Segments | undefined {
  const dot = part.indexOf(".");
  const vendor = part.slice(0, Math.max(dot, 0));
  return isKnownVendor(vendor) ? { geography: undefined, vendor, rest: part.slice(dot + 1) } : undefined;
}

/**
 * `-v1:0`, `-v1`, `:0` (embed-v4:0), and `-1:0` after a size (gpt-oss-120b-1:0); what follows is the suffix. In
 * `claude-opus-5:0` the 5 is part of the name: `-N` is a version only after a size such as `120b`.
 */
function readVersion(rest: string, tail: readonly string[]): Omit<ModelName, "vendor"> | string {
  const first = tail[0];
  const second = tail[1];
  for (const part of tail) {
    if (part === "") return "an empty part after a colon";
    if (!SUFFIX.test(part)) return "what follows a colon is a version or a suffix such as 200k";
  }
  const minor = first !== undefined && NUMBER.test(first) ? Number(first) : undefined;
  if (first !== undefined && minor === undefined && second !== undefined) return "two suffixes";
  const suffix = minor === undefined ? first : second;
  const mark = rest.lastIndexOf("-v");
  const major = rest.slice(mark + 2);
  return mark > 0 && NUMBER.test(major)
    ? { name: rest.slice(0, mark), version: { marker: "-v", major: Number(major), minor }, suffix }
    : readUnmarked(rest, minor, suffix);
}

function readUnmarked(rest: string, minor: number | undefined, suffix: string | undefined): Omit<ModelName, "vendor"> {
  if (minor === undefined) return { name: rest, version: undefined, suffix };
  const sized = SIZED.exec(rest);
  const name = sized?.[1];
  return name === undefined
    ? { name: rest, version: { marker: ":", major: minor, minor: undefined }, suffix }
    : { name, version: { marker: "-", major: Number(sized?.[2]), minor }, suffix };
}

/** Composes the readable part of an id from its fields. */
export function formatModelName(model: ModelName, options: { readonly suffix: boolean }): string {
  const { vendor, name, version, suffix } = model;
  const minor = version?.minor === undefined ? "" : `:${version.minor}`;
  const marked = version === undefined ? "" : `${version.marker}${version.major}${minor}`;
  const tail = options.suffix && suffix !== undefined ? `:${suffix}` : "";
  return `${vendor === undefined ? "" : `${vendor}.`}${name}${marked}${tail}`;
}
