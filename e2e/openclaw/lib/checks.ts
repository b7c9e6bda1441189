import { inspect } from "node:util";

/** The assertions of one scenario; each is printed as it is made, with the seconds since the one before. */
export interface Checks {
  /** One assertion. `seen` is printed when it fails. */
  ok(holds: boolean, what: string, seen?: unknown): void;
}

/** Counts the assertions of scenarios that run side by side. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  checks(): Checks;
}

export function createTally(print: (line: string) => void = console.log): Tally {
  let passed = 0;
  let failed = 0;
  return {
    get passed() {
      return passed;
    },
    get failed() {
      return failed;
    },
    checks() {
      let since = performance.now();
      return {
        ok(holds, what, seen) {
          const seconds = ((performance.now() - since) / 1000).toFixed(1);
          since = performance.now();
          if (holds) passed++;
          else failed++;
          print(`${holds ? "ok  " : "FAIL"} ${what} (${seconds} s)`);
          if (!holds && seen !== undefined)
            print(indent(typeof seen === "string" ? seen : inspect(seen, { depth: 6 })));
        },
      };
    },
  };
}

function indent(text: string): string {
  const shown = text.length > 4000 ? `${text.slice(0, 2000)}\n…\n${text.slice(-2000)}` : text;
  return shown.replace(/^/gmu, "       ");
}
