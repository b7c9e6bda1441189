import { ServiceError } from "../http/service-error.ts";
import { refusalByRule } from "../refusals/refusal-table.ts";
import type { ConverseCheck } from "./rule.ts";
import { converseRules } from "./rules.ts";

/** Tries every rule on a request whose shape holds. Throws the first refusal. */
export function validateConverse(request: ConverseCheck): void {
  for (const rule of converseRules) {
    const text = rule.check(request);
    if (text !== undefined) throw new ServiceError(rule.type ?? "ValidationException", refusalByRule(rule, text));
  }
}
