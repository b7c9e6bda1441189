import { modelKey } from "../parse/model-key.ts";
import type { ModelName } from "../types.ts";

/**
 * Keys under which a model's row may stand, the more particular first: two models that differ in nothing but their
 * major version (`amazon.titan-embed-text-v1` and `-v2:0`) have a row each, `key@1` and `key@2`.
 */
export function factKeys(model: ModelName): readonly [string, string] {
  const major = model.version?.major ?? "";
  // `cohere.embed-v4:0` has no name but its version: the next one must not take its figures for its own.
  const key = model.name === "embed" ? `${modelKey(model)}-v${major}` : modelKey(model);
  return [`${key}@${major}`, key];
}
