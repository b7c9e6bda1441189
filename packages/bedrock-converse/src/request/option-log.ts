import { BedrockError } from "@clawrock/conversation";
import type { OptionChange } from "../types.ts";

/** Gathers the options that a model does not take. */
export class OptionLog {
  readonly changes: OptionChange[] = [];

  leftOut(option: string, reason: string): void {
    this.changes.push({ kind: "option-left-out", option, reason });
  }

  changed(option: string, reason: string): void {
    this.changes.push({ kind: "option-changed", option, reason });
  }
}

/** The error of an option nobody could mean. */
export function invalidOption(problem: string, fix: string): BedrockError {
  return new BedrockError({ kind: "invalid-request", problem, fix });
}
