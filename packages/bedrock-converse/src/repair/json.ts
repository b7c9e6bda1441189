/** Deeper values are cut: the service's own limit is near, and every serializer on the way recurses. */
export const MAX_DEPTH = 500;
/** More values than any tool needs; beyond lie objects that refer to themselves many times over. */
const MAX_VALUES = 1_000_000;

const CUT = "(left out: nested too deep)";

/** Whether a value is JSON as it stands: no deeper than `MAX_DEPTH`, its strings without lone surrogates. */
export function isSoundJson(value: unknown): boolean {
  const budget = { values: MAX_VALUES };
  return isSound(value, 0, budget);
}

function isSound(value: unknown, depth: number, budget: { values: number }): boolean {
  if (--budget.values < 0 || depth > MAX_DEPTH) return false;
  switch (typeof value) {
    case "string":
      return value.isWellFormed();
    case "number":
      return Number.isFinite(value);
    case "boolean":
      return true;
    case "object":
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (!isSound(item, depth + 1, budget)) return false;
    return true;
  }
  if (!isPlain(value)) return false;
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item !== undefined && !(key.isWellFormed() && isSound(item, depth + 1, budget))) return false;
  }
  return true;
}

/** A value as sound JSON of its own; what JSON cannot say is left out, what nests too deep or refers to itself is cut. */
export function toSoundJson(value: unknown): unknown {
  return sound(value, [], { values: MAX_VALUES });
}

function sound(value: unknown, above: object[], budget: { values: number }): unknown {
  if (--budget.values < 0 || above.length > MAX_DEPTH) return CUT;
  switch (typeof value) {
    case "string":
      return value.toWellFormed();
    case "number":
      return Number.isFinite(value) ? value : null;
    case "bigint":
      return String(value);
    case "boolean":
      return value;
    case "object":
      break;
    default:
      return undefined;
  }
  if (value === null) return null;
  if (above.includes(value)) return "(left out: refers to itself)";
  const written = "toJSON" in value && typeof value.toJSON === "function" ? value.toJSON() : value;
  if (written !== value) return sound(written, above, budget);
  above.push(value);
  const copy = Array.isArray(value)
    ? value.map((item) => sound(item, above, budget) ?? null)
    : entriesAsObject(
        Object.entries(value).map(([key, item]) => [key.toWellFormed(), sound(item, above, budget)] as const),
      );
  above.pop();
  return copy;
}

/** A copy of sound JSON. */
export function copyJson<T>(value: T): T;
export function copyJson(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson);
  const given = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(given)) {
    const item = given[key];
    if (key === "__proto__") Object.defineProperty(copy, key, { value: copyJson(item), ...OWN });
    else if (item !== undefined) copy[key] = copyJson(item);
  }
  return copy;
}

const OWN = { enumerable: true, configurable: true, writable: true };

function entriesAsObject(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  // Unlike an assignment, `fromEntries` makes `__proto__` a property like any other.
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}
