import { invalid } from "../http/service-error.ts";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.ts";
import { nativeRefusal } from "./native-refusals.ts";

/** A field of a native body. */
export interface NativeField {
  readonly type: "String" | "Integer" | "Number" | "Boolean" | "JSONArray" | "JSONObject";
  readonly required?: true;
  readonly min?: number;
  readonly max?: number;
}

/**
 * Checks a native body as the JSON schema of its model does: unknown keys, missing keys, types and bounds, in the words that
 * were reported for such bodies. Throws the first refusal; `at` is the JSON pointer of the body.
 */
export function checkFields(body: JsonObject, fields: Readonly<Record<string, NativeField>>, at = "#"): void {
  for (const [key, field] of Object.entries(fields)) {
    if (field.required && body[key] === undefined) throw invalid(nativeRefusal("native-key-missing", at, key));
  }
  for (const [key, value] of Object.entries(body)) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (!field) throw invalid(nativeRefusal("native-key-unknown", at, key));
    if (value !== undefined) checkField(value, field, `${at}/${key}`);
  }
}

function checkField(value: Json, field: NativeField, at: string): void {
  const found = typeName(value);
  const fits = found === field.type || (field.type === "Number" && found === "Integer");
  if (!fits) throw invalid(nativeRefusal("native-type", at, field.type, found));
  if (typeof value !== "number") return;
  if (field.min !== undefined && value < field.min)
    throw invalid(nativeRefusal("native-minimum", at, value, field.min));
  if (field.max !== undefined && value > field.max)
    throw invalid(nativeRefusal("native-maximum", at, value, field.max));
}

function typeName(value: Json): NativeField["type"] | "Null" {
  if (value === null) return "Null";
  if (isJsonArray(value)) return "JSONArray";
  if (isJsonObject(value)) return "JSONObject";
  if (typeof value === "number") return Number.isInteger(value) ? "Integer" : "Number";
  return typeof value === "string" ? "String" : "Boolean";
}
