import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { PartialJson } from "./partial-json.ts";

const read = (pieces: readonly string[]): unknown => {
  const json = new PartialJson();
  for (const piece of pieces) json.push(piece);
  return json.value;
};

/** Cuts a text at the given places, taken modulo its length. */
const cutAt = (text: string, places: readonly number[]): string[] => {
  const cuts = [...new Set([0, ...places.map((place) => place % (text.length + 1)), text.length])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(1).map((end, index) => text.slice(cuts[index], end));
};

/** Whether a partial value can grow into the whole one by adding only. */
function growsInto(partial: unknown, whole: unknown): boolean {
  if (typeof partial === "string") return typeof whole === "string" && whole.startsWith(partial);
  if (Array.isArray(partial))
    return Array.isArray(whole) && partial.every((item, index) => growsInto(item, whole[index]));
  if (typeof partial === "object" && partial !== null) {
    return (
      typeof whole === "object" &&
      whole !== null &&
      Object.entries(partial).every(([key, value]) =>
        growsInto(value, Object.entries(whole).find(([name]) => name === key)?.[1]),
      )
    );
  }
  return Object.is(partial, whole);
}

describe("PartialJson", () => {
  it.each([
    ['{"a":1,', { a: 1 }],
    ['{"a":"he', { a: "he" }],
    ['{"a":12', {}],
    ['{"a":tr', {}],
    ['{"a":{"b":[1,"x', { a: { b: [1, "x"] } }],
    ['{"a":"\\', { a: "" }],
    ['{"a":"x\\u00e', { a: "x" }],
    ['{"ke', {}],
    ["", undefined],
  ])("gives what is there of %s", (text, value) => {
    expect(read([text])).toEqual(value);
  });

  it("ends with what JSON.parse gives, however the text is cut", () => {
    const json = fc.oneof(
      fc.object({ maxDepth: 4, withBigInt: false }),
      fc.jsonValue().map((value) => ({ value })),
    );
    fc.assert(
      fc.property(json, fc.constantFrom(0, 2), fc.array(fc.nat(), { maxLength: 20 }), (value, indent, places) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(read(cutAt(text, places))).toEqual(JSON.parse(text));
      }),
    );
  });

  it("only ever grows", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify({ value });
        const json = new PartialJson();
        for (const character of text) {
          json.push(character);
          expect(growsInto(json.value, JSON.parse(text))).toBe(true);
        }
      }),
    );
  });

  it("takes any text without throwing, and keeps what was good", () => {
    fc.assert(fc.property(fc.array(fc.string()), (pieces) => void read(pieces)));
    expect(read(['{"a":1}}', '"b"'])).toEqual({ a: 1 });
    expect(read(['{"a":1,]'])).toEqual({ a: 1 });
    expect(read(['{"a":01}'])).toEqual({});
    expect(read(['{"a":constructor}'])).toEqual({});
    expect(read(['{"a":"x\n"}'])).toEqual({ a: "x" });
  });

  it("takes __proto__ for a key like any other", () => {
    const value = read(['{"__proto__":{"x":1}}']) as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(["__proto__"]);
  });

  it("looks at each character of its input less than four times, however small the pieces", () => {
    const json = JSON.stringify({
      path: "a/b",
      text: 'words and \\ "quotes" and é 🙂 '.repeat(200),
      rows: [1, 22, null, true, { x: [] }],
    });
    const look = vi.spyOn(String.prototype, "charCodeAt");
    try {
      for (const size of [1, 3, 64, json.length]) {
        look.mockClear();
        const parser = new PartialJson();
        for (let at = 0; at < json.length; at += size) parser.push(json.slice(at, at + size));
        expect(look.mock.calls.length).toBeLessThan(4 * json.length);
        expect(parser.value).toEqual(JSON.parse(json));
      }
    } finally {
      look.mockRestore();
    }
  });
});
