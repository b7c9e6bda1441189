import fc from "fast-check";
import { expect, it } from "vitest";
import { AdaptiveGate } from "./adaptive-gate.ts";
import { cutText } from "./cut-text.ts";
import { inOrder } from "./in-order.ts";

it("gives results in the order of the items, whatever finishes first, and begins no more than it may", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), async (turns, ahead) => {
      let waiting = 0;
      let most = 0;
      const task = async (item: [number, number]): Promise<number> => {
        most = Math.max(most, ++waiting);
        for (let turn = 0; turn < item[1]; turn++) await Promise.resolve();
        return item[0];
      };
      const signal = new AbortController().signal;
      const results: number[] = [];
      for await (const result of inOrder([...turns.entries()], task, { ahead, signal })) {
        waiting -= 1;
        results.push(result);
      }
      expect(results).toEqual([...turns.keys()]);
      expect(most).toBeLessThanOrEqual(ahead + 1);
    }),
  );
});

it("a gate halves at a throttled answer once a round, and opens again with each task done", async () => {
  const gate = new AdaptiveGate(8);
  gate.throttled(10, 20);
  gate.throttled(15, 21);
  expect(gate.width).toBe(4);
  gate.throttled(30, 31);
  gate.throttled(32, 33);
  gate.throttled(34, 35);
  expect(gate.width).toBe(1);
  for (let done = 0; done < 40; done++) await gate.run(() => Promise.resolve());
  expect(gate.width).toBe(8);
});

it("a gate admits as many as it is wide, and goes on after failures", async () => {
  const gate = new AdaptiveGate(3);
  let running = 0;
  let most = 0;
  const task = async (): Promise<void> => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running -= 1;
    if (Math.random() < 0.5) throw new Error("no");
  };
  const all = await Promise.allSettled(Array.from({ length: 50 }, () => gate.run(task)));
  expect(all).toHaveLength(50);
  expect(most).toBe(3);
});

it("a cut text is its beginning, within the limit, and tears no character", () => {
  expect(cutText(`${"x".repeat(9)}e\u0301`, 10)).toBe("x".repeat(9));
  expect(cutText(`e${"\u0301".repeat(500)}`, 200)).toHaveLength(200);
  const text = fc.array(fc.constantFrom("🐋", "e\u0301", "👨‍👩‍👧‍👦", "word ", "。")).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 60 }), (whole, max) => {
      const cut = cutText(whole, max);
      expect(whole.startsWith(cut)).toBe(true);
      expect(cut.length).toBeLessThanOrEqual(max);
      expect(cut.isWellFormed()).toBe(true);
      expect(cut === "" && whole !== "").toBe(false);
    }),
  );
});
