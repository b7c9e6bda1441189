import type { IncomingHttpHeaders } from "node:http";
import type { Fault } from "./fault.ts";
import { parseFault } from "./parse-fault.ts";

/** The faults of an emulator's coming model calls. */
export interface FaultScript {
  /** The fault of this call: the one its `x-emulator-fault` header asks for, otherwise the next of the script. */
  next(headers: IncomingHttpHeaders): Fault | undefined;
}

export function createFaultScript(script: readonly (Fault | undefined)[]): FaultScript {
  const coming = [...script];
  return {
    next(headers) {
      const header = headers["x-emulator-fault"];
      if (typeof header === "string") return parseFault(header);
      return coming.shift();
    },
  };
}
