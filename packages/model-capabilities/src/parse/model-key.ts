import type { ModelName } from "../types.ts";
import { withVendor } from "./format-model-ref.ts";
import { canonicalVendor } from "./vendors.ts";

const DATE = /-(20[0-9]{6}|20[0-9]{2}-[0-9]{2}-[0-9]{2})$/;

/** A name without its release date: `claude-opus-4-5-20251101` is `claude-opus-4-5`. */
export function undatedName(name: string): string {
  return name.includes("-20") ? name.replace(DATE, "") : name;
}

/**
 * What all spellings of one model have in common: vendor and name, without date, version, suffix and `-instruct`,
 * dots as hyphens. `openai.gpt-oss-20b-1:0`, `gpt-oss-20b` and `openai.gpt-oss-20b` share `openai.gpt-oss-20b`.
 * Two listed models may share a key (two dates of Claude 3.5 Sonnet): a key finds candidates, it names none.
 */
export function modelKey(model: ModelName): string {
  const { vendor, name } = model.vendor === undefined ? withVendor(model) : model;
  const undated = name.includes("-20") ? undatedName(name) : name;
  const plain = (undated.endsWith("-instruct") ? undated.slice(0, -"-instruct".length) : undated).replaceAll(".", "-");
  // AWS's card for both ids is DeepSeek-V3.1: `deepseek.v3-v1:0` on the runtime, `deepseek.v3.1` on Mantle.
  if (vendor === "deepseek" && plain === "v3") return "deepseek.v3-1";
  return `${vendor === undefined ? "" : vendor === "moonshot" ? canonicalVendor(vendor) : vendor}.${plain}`;
}
