import { arrayAt, isJsonObject, type Json, type JsonObject, numberAt, objectAt, stringAt } from "../json.ts";

/** The smallest value that a JSON schema takes; strings hold `text`. */
export function fillSchema(schema: JsonObject, text: string): Json {
  const constant = schema["const"];
  if (constant !== undefined) return constant;
  const choice = arrayAt(schema, "enum")[0];
  if (choice !== undefined) return choice;
  const variant = [...arrayAt(schema, "anyOf"), ...arrayAt(schema, "oneOf")].find(isJsonObject);
  if (variant) return fillSchema(variant, text);
  switch (stringAt(schema, "type")) {
    case "object": {
      const filled: Record<string, Json> = {};
      for (const [name, property] of Object.entries(objectAt(schema, "properties"))) {
        if (isJsonObject(property)) filled[name] = fillSchema(property, text);
      }
      return filled;
    }
    case "array":
      return [fillSchema(objectAt(schema, "items"), text)];
    case "number":
    case "integer":
      return numberAt(schema, "minimum") ?? 1;
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return text;
  }
}
