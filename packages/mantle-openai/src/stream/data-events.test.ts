import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataEvents } from "./data-events.ts";

function bodyOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

async function all(body: ReadableStream<Uint8Array>): Promise<string[]> {
  const events = new DataEvents(body);
  const found: string[] = [];
  for (let some = await events.next(); some; some = await events.next()) found.push(...some);
  return found;
}

/** The bytes cut at those places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, index) => bytes.subarray(from, at[index] ?? bytes.length));
}

describe("DataEvents", () => {
  it("gives the same events however they are written and cut", async () => {
    const layout = fc.record({
      texts: fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 8 }),
      lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
      mark: fc.constantFrom("", "\u{FEFF}"),
      nameFirst: fc.boolean(),
      ending: fc.boolean(),
      places: fc.array(fc.nat(5000), { maxLength: 30 }),
    });
    await fc.assert(
      fc.asyncProperty(layout, async ({ texts, lineEnd, mark, nameFirst, ending, places }) => {
        const data = texts.map((text) => JSON.stringify({ text: text.toWellFormed() }));
        const lines = data.flatMap((one) =>
          nameFirst ? ["event: x", `data: ${one}`, ""] : [`data: ${one}`, "event: x", ""],
        );
        const text = mark + lines.join(lineEnd) + (ending ? lineEnd : "");
        expect(await all(bodyOf(cut(new TextEncoder().encode(text), places)))).toEqual(data);
      }),
      { numRuns: 300 },
    );
  });

  it("leaves out comments and retries, and joins the lines of one event", async () => {
    const text = ": ping\n\nretry: 10\n\ndata: a\ndata: b\n\nid: 7\ndata:c\n\n";
    expect(await all(bodyOf([new TextEncoder().encode(text)]))).toEqual(["a\nb", "c"]);
  });

  it("refuses a line without an end, long before memory runs out, and lets the body go", async () => {
    let sent = 0;
    let cancelled = false;
    const mebibyte = new TextEncoder().encode("x".repeat(1024 * 1024));
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(sent === 1 ? new TextEncoder().encode("data: ") : mebibyte);
        if (sent > 100) controller.close();
      },
      cancel() {
        cancelled = true;
      },
    });
    const events = new DataEvents(body);
    await expect(events.next()).rejects.toMatchObject({ kind: "protocol", message: expect.stringContaining("32 MiB") });
    expect(sent).toBeLessThan(40);
    await events.cancel();
    expect(cancelled).toBe(true);
  });

  it("drains a body to its end, and gives up on one that has none", async () => {
    await new DataEvents(bodyOf([new Uint8Array(8)])).drain(1000);
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      cancel() {
        cancelled = true;
      },
    });
    await new DataEvents(endless).drain(20);
    expect(cancelled).toBe(true);
  });
});
