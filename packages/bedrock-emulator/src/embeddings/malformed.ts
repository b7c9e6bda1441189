import { invalid, type ServiceError } from "../http/service-error.ts";
import { nativeRefusal } from "../invoke/native-refusals.ts";
import type { JsonObject } from "../json.ts";

/** `at` is the JSON pointer of the object that the key is missing in. */
export function requiredKey(key: string, at = "#"): ServiceError {
  return invalid(nativeRefusal("native-key-missing", at, key));
}

export function refuseUnknownKeys(body: JsonObject, known: readonly string[], at = "#"): void {
  const unknown = Object.keys(body).find((key) => !known.includes(key));
  if (unknown !== undefined) throw invalid(nativeRefusal("native-key-unknown", at, unknown));
}

/** Refuses a value that is not one of the allowed ones. */
export function refuseOther(value: unknown, allowed: readonly unknown[], at: string): void {
  if (!allowed.includes(value)) throw invalid(nativeRefusal("native-enum", `#/${at}`, value));
}
