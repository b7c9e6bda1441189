import { BedrockError } from "@clawrock/conversation";

/**
 * Every family refuses a blank text, and a batch with it; so it is found before anything is sent.
 *
 * @throws BedrockError of kind `invalid-config` naming the index.
 */
export function checkTexts(texts: readonly string[]): void {
  const blank = texts.findIndex((text) => typeof text !== "string" || text.trim() === "");
  if (blank < 0) return;
  throw new BedrockError({
    kind: "invalid-config",
    problem: `texts[${blank}] is blank and cannot be embedded`,
    fix: "Leave blank texts out",
  });
}
