import { modelKey } from "../parse/model-key.ts";
import type { ModelName } from "../types.ts";

/**
 * Keys under which a model's row may stand, the more particular first: two models that differ in nothing but their
 * major version (`amazon.titan-embed-text-v1` and `-v2:0`) have a row each, `key@1` and `key@2`.
 */
export function factKeys(model: ModelName): readonly [string, string] {
  const key = modelKey(model);
  return [`${key}@${model.version?.major ?? ""}`, key];
}
