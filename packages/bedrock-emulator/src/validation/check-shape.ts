import { invalid, ServiceError } from "../http/service-error.ts";
import { isJsonArray, isJsonObject, type Json } from "../json.ts";
import { joinRefusals, type Refusal } from "../refusals/refusal-table.ts";
import type { Shape, TextLimits } from "./shape.ts";
import { shapeRefusal } from "./shape-refusals.ts";

/**
 * Checks a body against its shape: first that every member has its type (`SerializationException`), then every constraint at
 * once, with the 1-based `.member.` paths of the service. Members that the shape does not know are passed over, as the service
 * does. Throws {@link ServiceError}.
 */
export function checkShape(body: Json, shape: Shape): void {
  const violations: Refusal[] = [];
  visit(body, shape, "", violations);
  if (violations.length === 0) return;
  const noun = violations.length === 1 ? "error" : "errors";
  throw invalid(
    joinRefusals(violations, (texts) => `${violations.length} validation ${noun} detected: ${texts.join("; ")}`),
  );
}

function visit(value: Json, shape: Shape, path: string, violations: Refusal[]): void {
  switch (shape.kind) {
    case "structure":
    case "union": {
      if (!isJsonObject(value)) throw wrongType(value, "a structure");
      for (const name of shape.kind === "structure" ? shape.required : []) {
        if (value[name] === undefined || value[name] === null) {
          violations.push(shapeRefusal("member-missing", join(path, name)));
        }
      }
      const members = Object.entries(value).filter(
        ([name, member]) => Object.hasOwn(shape.members, name) && member !== undefined && member !== null,
      );
      if (shape.kind === "union" && members.length !== 1) {
        violations.push(shapeRefusal("union-members", path, Object.keys(shape.members)));
      }
      for (const [name, member] of members) {
        const known = shape.members[name];
        if (known && member !== undefined) visit(member, known, join(path, name), violations);
      }
      return;
    }
    case "list":
      if (!isJsonArray(value)) throw wrongType(value, "a list");
      lengthOf(value.length, shape, `Value at '${path}'`, violations);
      for (const [index, item] of value.entries()) visit(item, shape.item, `${path}.${index + 1}.member`, violations);
      return;
    case "map":
      if (!isJsonObject(value)) throw wrongType(value, "a map");
      lengthOf(Object.keys(value).length, shape, `Value at '${path}'`, violations);
      for (const [key, entry] of Object.entries(value)) {
        if (typeof entry !== "string") throw wrongType(entry ?? null, "a String");
        if (!holds(key, shape.key)) violations.push(shapeRefusal("map-entry", path, "key", shape.key));
        if (!holds(entry, shape.value)) violations.push(shapeRefusal("map-entry", path, "value", shape.value));
      }
      return;
    case "string":
      if (typeof value !== "string") throw wrongType(value, "a String");
      if (shape.values && !shape.values.includes(value)) {
        violations.push(shapeRefusal("enum", subject(value, path), shape.values));
      }
      lengthOf(value.length, shape, subject(value, path), violations);
      if (shape.pattern !== undefined && value !== "" && !matches(value, shape.pattern)) {
        violations.push(shapeRefusal("pattern", subject(value, path), shape.pattern));
      }
      return;
    case "number":
      if (typeof value !== "number") throw wrongType(value, shape.integer ? "an Integer" : "a Float");
      if (shape.min !== undefined && value < shape.min) {
        violations.push(shapeRefusal("value-minimum", subject(value, path), shape.min));
      }
      if (shape.max !== undefined && value > shape.max) {
        violations.push(shapeRefusal("value-maximum", subject(value, path), shape.max));
      }
      return;
    case "boolean":
      if (typeof value !== "boolean") throw wrongType(value, "a Boolean");
      return;
    case "blob":
      if (typeof value !== "string") throw wrongType(value, "a ByteBuffer");
      lengthOf(value.length, shape, `Value at '${path}'`, violations);
      return;
    case "document":
      return;
  }
}

function lengthOf(
  length: number,
  limits: { readonly min?: number; readonly max?: number },
  what: string,
  violations: Refusal[],
): void {
  if (limits.min !== undefined && length < limits.min) {
    violations.push(shapeRefusal("length-minimum", what, limits.min));
  }
  if (limits.max !== undefined && length > limits.max) {
    violations.push(shapeRefusal("length-maximum", what, limits.max));
  }
}

function holds(value: string, limits: TextLimits): boolean {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern } = limits;
  return value.length >= min && value.length <= max && (pattern === undefined || matches(value, pattern));
}

function subject(value: string | number, path: string): string {
  return `Value '${value}' at '${path}'`;
}

function matches(value: string, pattern: string): boolean {
  return new RegExp(`^(?:${pattern})$`).test(value);
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function wrongType(value: Json, wanted: string): ServiceError {
  const found =
    value === null
      ? "NULL_VALUE"
      : isJsonArray(value)
        ? "START_ARRAY"
        : isJsonObject(value)
          ? "START_OBJECT"
          : `${(typeof value).toUpperCase()}_VALUE`;
  return new ServiceError("SerializationException", shapeRefusal("wrong-type", found, wanted));
}
