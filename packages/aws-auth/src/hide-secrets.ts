import { INSPECT } from "./inspect.ts";

/**
 * Makes the named fields of a record readable by name only: JSON, `inspect`, `console.log`, spreading and `Object.keys` do
 * not show them. Returns the same record.
 */
export function hideSecrets<T extends object>(record: T, fields: readonly (keyof T)[]): T {
  for (const field of fields) {
    if (record[field] !== undefined) Object.defineProperty(record, field, { enumerable: false });
  }
  // Without this `inspect(record, { showHidden: true })` would still print them.
  Object.defineProperty(record, INSPECT, {
    enumerable: false,
    value: () => ({ ...record, ...Object.fromEntries(fields.map((field) => [field, "[redacted]"])) }),
  });
  return record;
}
