import { invalid, type ServiceError } from "../http/service-error.ts";
import type { JsonObject } from "../json.ts";

/** A body that the model's schema refuses; `problem` in the words of the service's JSON schema check. */
export function malformed(problem: string): ServiceError {
  return invalid(`Malformed input request: ${problem}, please reformat your input and try again.`);
}

export function requiredKey(key: string): ServiceError {
  return malformed(`#: required key [${key}] not found`);
}

export function refuseUnknownKeys(body: JsonObject, known: readonly string[], at = "#"): void {
  const unknown = Object.keys(body).find((key) => !known.includes(key));
  if (unknown !== undefined) throw malformed(`${at}: extraneous key [${unknown}] is not permitted`);
}

/** Refuses a value that is not one of the allowed ones. */
export function refuseOther(value: unknown, allowed: readonly unknown[], at: string): void {
  if (!allowed.includes(value)) throw malformed(`#/${at}: ${String(value)} is not a valid enum value`);
}
