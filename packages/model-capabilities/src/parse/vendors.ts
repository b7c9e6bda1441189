/**
 * Vendors AWS has listed so far. The grammar needs the list in one place only: to tell `vendor.name.more` from
 * `geography.vendor.name`. A vendor that is not here still parses (see `splitSegments`).
 */
const VENDORS: ReadonlySet<string> = new Set([
  "ai21",
  "amazon",
  "anthropic",
  "cohere",
  "deepseek",
  "google",
  "luma",
  "meta",
  "minimax",
  "mistral",
  "moonshot",
  "moonshotai",
  "nvidia",
  "openai",
  "qwen",
  "stability",
  "twelvelabs",
  "writer",
  "xai",
  "zai",
]);

/** The first word of a name, for ids that leave the vendor out, as Mantle's do. */
const VENDOR_OF_WORD: ReadonlyMap<string, string> = new Map([
  ["claude", "anthropic"],
  ["command", "cohere"],
  ["deepseek", "deepseek"],
  ["devstral", "mistral"],
  ["gemma", "google"],
  ["glm", "zai"],
  ["gpt", "openai"],
  ["grok", "xai"],
  ["jamba", "ai21"],
  ["kimi", "moonshotai"],
  ["llama", "meta"],
  ["magistral", "mistral"],
  ["marengo", "twelvelabs"],
  ["minimax", "minimax"],
  ["ministral", "mistral"],
  ["mistral", "mistral"],
  ["mixtral", "mistral"],
  ["nemotron", "nvidia"],
  ["nova", "amazon"],
  ["palmyra", "writer"],
  ["pegasus", "twelvelabs"],
  ["pixtral", "mistral"],
  ["qwen", "qwen"],
  ["titan", "amazon"],
  ["voxtral", "mistral"],
]);

/** Vendors whose ids write versions with a hyphen (`claude-opus-4-7`), so that a dotted one is a misspelling. */
const HYPHENATED: ReadonlySet<string> = new Set([
  "ai21",
  "amazon",
  "anthropic",
  "cohere",
  "meta",
  "stability",
  "twelvelabs",
]);

export function isKnownVendor(word: string): boolean {
  return VENDORS.has(word);
}

/** The vendor of a vendor-less name, by its first word without trailing digits: `qwen3-32b` is `qwen`. */
export function vendorOfName(name: string): string | undefined {
  const word = /^[a-z]+/.exec(name)?.[0];
  return word === undefined ? undefined : VENDOR_OF_WORD.get(word);
}

/** Two spellings of one vendor: `moonshot.kimi-k2-thinking` and `moonshotai.kimi-k2-thinking`. */
export function canonicalVendor(vendor: string): string {
  return vendor === "moonshot" ? "moonshotai" : vendor;
}

export function writesVersionsWithHyphen(vendor: string): boolean {
  return HYPHENATED.has(vendor);
}
