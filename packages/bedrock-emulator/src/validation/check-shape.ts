import { invalid, ServiceError } from "../http/service-error.ts";
import { isJsonArray, isJsonObject, type Json } from "../json.ts";
import type { Shape, TextLimits } from "./shape.ts";

/**
 * Checks a body against its shape: first that every member has its type (`SerializationException`), then every constraint at
 * once, with the 1-based `.member.` paths of the service. Members that the shape does not know are passed over, as the service
 * does. Throws {@link ServiceError}.
 */
export function checkShape(body: Json, shape: Shape): void {
  const violations: string[] = [];
  visit(body, shape, "", violations);
  if (violations.length === 0) return;
  const noun = violations.length === 1 ? "error" : "errors";
  throw invalid(`${violations.length} validation ${noun} detected: ${violations.join("; ")}`);
}

function visit(value: Json, shape: Shape, path: string, violations: string[]): void {
  switch (shape.kind) {
    case "structure":
    case "union": {
      if (!isJsonObject(value)) throw wrongType(value, "a structure");
      for (const name of shape.kind === "structure" ? shape.required : []) {
        if (value[name] === undefined || value[name] === null) {
          violations.push(`Value null at '${join(path, name)}' failed to satisfy constraint: Member must not be null`);
        }
      }
      const members = Object.entries(value).filter(
        ([name, member]) => Object.hasOwn(shape.members, name) && member !== undefined && member !== null,
      );
      if (shape.kind === "union" && members.length !== 1) {
        violations.push(
          `Value at '${path}' failed to satisfy constraint: Member must have exactly one of [${Object.keys(shape.members).join(", ")}]`,
        );
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
        if (!holds(key, shape.key)) violations.push(mapViolation(path, "key", shape.key));
        if (!holds(entry, shape.value)) violations.push(mapViolation(path, "value", shape.value));
      }
      return;
    case "string":
      if (typeof value !== "string") throw wrongType(value, "a String");
      if (shape.values && !shape.values.includes(value)) {
        violations.push(
          `Value '${value}' at '${path}' failed to satisfy constraint: Member must satisfy enum value set: [${shape.values.join(", ")}]`,
        );
      }
      lengthOf(value.length, shape, `Value '${value}' at '${path}'`, violations);
      if (shape.pattern !== undefined && value !== "" && !matches(value, shape.pattern)) {
        violations.push(
          `Value '${value}' at '${path}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${shape.pattern}`,
        );
      }
      return;
    case "number":
      if (typeof value !== "number") throw wrongType(value, shape.integer ? "an Integer" : "a Float");
      if (shape.min !== undefined && value < shape.min) {
        violations.push(
          `Value '${value}' at '${path}' failed to satisfy constraint: Member must have value greater than or equal to ${shape.min}`,
        );
      }
      if (shape.max !== undefined && value > shape.max) {
        violations.push(
          `Value '${value}' at '${path}' failed to satisfy constraint: Member must have value less than or equal to ${shape.max}`,
        );
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
  subject: string,
  violations: string[],
): void {
  if (limits.min !== undefined && length < limits.min) {
    violations.push(
      `${subject} failed to satisfy constraint: Member must have length greater than or equal to ${limits.min}`,
    );
  }
  if (limits.max !== undefined && length > limits.max) {
    violations.push(
      `${subject} failed to satisfy constraint: Member must have length less than or equal to ${limits.max}`,
    );
  }
}

function holds(value: string, limits: TextLimits): boolean {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern } = limits;
  return value.length >= min && value.length <= max && (pattern === undefined || matches(value, pattern));
}

function mapViolation(path: string, part: "key" | "value", limits: TextLimits): string {
  return (
    `Value at '${path}' failed to satisfy constraint: Map ${part} must satisfy constraint: ` +
    `[Member must have length less than or equal to ${limits.max}, Member must have length greater than or equal to ${limits.min ?? 0}, ` +
    `Member must satisfy regular expression pattern: ${limits.pattern}]`
  );
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
  return new ServiceError("SerializationException", `${found} can not be converted to ${wanted}`);
}
