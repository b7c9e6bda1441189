export type Data = Readonly<Record<string, unknown>>;

/** A config migration of the host: the changed config and a line for each change, null if there is nothing to do. */
export type ConfigMigration = (config: object) => { config: object; changes: string[] } | null;

/** The object at a key; an empty one where there is none. */
export function objectAt(parent: object, key: string): Data {
  const value: unknown = Reflect.get(parent, key);
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
