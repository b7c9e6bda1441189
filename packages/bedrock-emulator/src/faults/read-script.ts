import type { Fault } from "./fault.ts";
import { parseFault } from "./parse-fault.ts";
import { checkOperation } from "./script.ts";

/** The faults of a script file. */
export interface FaultScriptFile {
  readonly faults: readonly (Fault | undefined)[];
  readonly standingFaults: Readonly<Record<string, Fault>>;
}

/**
 * Reads a script of faults: a line for each coming model call, `-` for one that passes, `Operation: fault` for every call of an
 * operation, `*: fault` for every call of any; `#` begins a comment. Throws an Error that names the line.
 */
export function readFaultScript(text: string, name: string): FaultScriptFile {
  const faults: (Fault | undefined)[] = [];
  const standingFaults: Record<string, Fault> = {};
  for (const [index, line] of text.split("\n").entries()) {
    const said = line.replace(/#.*/, "").trim();
    if (said === "") continue;
    const [, operation, fault] = /^([A-Z]\w+|\*):\s*(.+)$/.exec(said) ?? [];
    try {
      if (operation !== undefined && fault !== undefined) {
        checkOperation(operation);
        standingFaults[operation] = parseFault(fault);
      } else faults.push(said === "-" ? undefined : parseFault(said));
    } catch (error) {
      throw new Error(`${name}, line ${index + 1}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { faults, standingFaults };
}
