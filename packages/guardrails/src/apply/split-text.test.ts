import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitText } from "./split-text.ts";

describe("splitText", () => {
  it("leaves what fits whole", () => {
    expect(splitText("", 10)).toEqual([""]);
    expect(splitText("ten chars.", 10)).toEqual(["ten chars."]);
  });

  it("prefers a paragraph to a sentence, that to a word, and that to a character", () => {
    expect(splitText("One two. Three\n\nfour five. Six", 20)).toEqual(["One two. Three\n\n", "four five. Six"]);
    expect(splitText("One two, three. Four five", 20)).toEqual(["One two, three. ", "Four five"]);
    expect(splitText("One two three four five", 20)).toEqual(["One two three four ", "five"]);
    expect(splitText("Onetwothreefourfive", 10)).toEqual(["Onetwothre", "efourfive"]);
    expect(splitText("東京は日本の首都です。大阪は違います。", 14)).toEqual([
      "東京は日本の首都です。",
      "大阪は違います。",
    ]);
  });

  it("keeps marks and joined emoji with their character", () => {
    expect(splitText(`${"x".repeat(9)}e\u0301yy`, 10)).toEqual(["x".repeat(9), "e\u0301yy"]);
    const family = "👨‍👩‍👧‍👦";
    expect(splitText(`${"x".repeat(6)}${family}yy`, 12)).toEqual(["x".repeat(6), `${family}y`, "y"]);
  });

  it("splits a pile of marks between code points", () => {
    const pile = `e${"\u0301".repeat(1000)}`;
    const pieces = splitText(pile, 300);
    expect(pieces.join("")).toBe(pile);
    expect(pieces.every(({ length }) => length <= 300)).toBe(true);
  });

  it("gives pieces within the limit that are the text again, with no pair torn", () => {
    const text = fc
      .array(fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("🐋", "é", "\u0301", "\n\n", ". ", "word", " ")))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 40 }), (whole, max) => {
        const pieces = splitText(whole, max);
        expect(pieces.join("")).toBe(whole);
        expect(pieces.every(({ length }) => length <= max)).toBe(true);
        expect(pieces.every((piece) => piece.isWellFormed() || !whole.isWellFormed())).toBe(true);
        expect(pieces.every((piece) => piece !== "") || whole === "").toBe(true);
      }),
    );
  });

  it("splits a megabyte without white space in good time", () => {
    expect(splitText("🐋".repeat(500_000), 25_000).join("")).toHaveLength(1_000_000);
  });
});
