import type { IncomingHttpHeaders } from "node:http";
import { operationNames } from "../http/routes.ts";
import type { Fault } from "./fault.ts";
import { parseFault } from "./parse-fault.ts";

/** The faults of an emulator's coming calls. */
export interface FaultScript {
  /**
   * The fault of a call: the one that its `x-emulator-fault` header asks for, otherwise the standing one of its operation or
   * of every operation (`*`), otherwise, for a model call, the next of the script.
   */
  next(headers: IncomingHttpHeaders, operation: string, modelCall: boolean): Fault | undefined;
  /** The fault that every call of an operation has. */
  standing(operation: string): Fault | undefined;
}

/** Throws an Error for a name that is no operation: its fault would never come. */
export function checkOperation(name: string): void {
  if (name === "*" || operationNames.includes(name)) return;
  throw new Error(`the operation '${name}' is not known. Use * or one of: ${operationNames.join(", ")}.`);
}

export function createFaultScript(
  script: readonly (Fault | undefined)[],
  standing: Readonly<Record<string, Fault>> = {},
): FaultScript {
  for (const operation of Object.keys(standing)) checkOperation(operation);
  const coming = [...script];
  const standingOf = (operation: string): Fault | undefined => standing[operation] ?? standing["*"];
  return {
    standing: standingOf,
    next(headers, operation, modelCall) {
      const header = headers["x-emulator-fault"];
      if (typeof header === "string") return parseFault(header);
      return standingOf(operation) ?? (modelCall ? coming.shift() : undefined);
    },
  };
}
