import { invalid } from "../http/service-error.ts";
import type { ConverseCheck } from "./rule.ts";
import { converseRules } from "./rules.ts";

/** Tries every rule on a request whose shape holds. Throws the first refusal. */
export function validateConverse(request: ConverseCheck): void {
  for (const rule of converseRules) {
    const refusal = rule.check(request);
    if (refusal !== undefined) throw typeof refusal === "string" ? invalid(refusal) : refusal;
  }
}
