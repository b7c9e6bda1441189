import { invalid } from "../http/service-error.ts";
import { type ConverseCheck, fromModel } from "../validation/rule.ts";
import { converseRules } from "../validation/rules.ts";

/**
 * The rules that are the model's own, not Converse's: InvokeModel refuses by them too, without the words that Converse puts
 * before the model's. Throws the first refusal.
 */
export function checkModelRules(request: ConverseCheck): void {
  for (const rule of converseRules) {
    const refusal = rule.check(request);
    if (typeof refusal !== "string" || !refusal.startsWith(fromModel)) continue;
    throw invalid(refusal.slice(fromModel.length).replace("image.source.bytes", "image.source.base64"));
  }
}
