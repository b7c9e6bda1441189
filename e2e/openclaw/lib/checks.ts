import { inspect } from "node:util";

/** Counts assertions and prints each as it is made. */
export interface Checks {
  /** One assertion. `seen` is printed when it fails. */
  ok(holds: boolean, what: string, seen?: unknown): void;
  readonly passed: number;
  readonly failed: number;
}

export function createChecks(print: (line: string) => void = console.log): Checks {
  let passed = 0;
  let failed = 0;
  let since = performance.now();
  return {
    ok(holds, what, seen) {
      const seconds = ((performance.now() - since) / 1000).toFixed(1);
      since = performance.now();
      if (holds) passed++;
      else failed++;
      print(`${holds ? "ok  " : "FAIL"} ${what} (${seconds} s)`);
      if (!holds && seen !== undefined) print(indent(typeof seen === "string" ? seen : inspect(seen, { depth: 6 })));
    },
    get passed() {
      return passed;
    },
    get failed() {
      return failed;
    },
  };
}

function indent(text: string): string {
  const shown = text.length > 4000 ? `${text.slice(0, 2000)}\n…\n${text.slice(-2000)}` : text;
  return shown.replace(/^/gmu, "       ");
}
