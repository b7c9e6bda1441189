import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { generated } from "../scripts/generate.ts";

/** How wide the formatter draws a table, or lays out an object, says nothing. */
function content(text: string): string {
  return text
    .replace(/\s+/gu, " ")
    .replace(/-{3,}/gu, "---")
    .replace(/([[{]) | (?=[\]}])/gu, "$1");
}

describe("what is generated from the schema", () => {
  it.each([...generated()])("is current: %s (else run `pnpm generate` in packages/openclaw-provider)", (path, text) => {
    expect(content(readFileSync(path, "utf8"))).toBe(content(text));
  });
});
