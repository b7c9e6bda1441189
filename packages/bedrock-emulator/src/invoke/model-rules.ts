import { invalid } from "../http/service-error.ts";
import { refusalByRule } from "../refusals/refusal-table.ts";
import { type ConverseCheck, fromModel } from "../validation/rule.ts";
import { converseRules } from "../validation/rules.ts";

/**
 * The rules that are the model's own, not Converse's: InvokeModel refuses by them too, without the words that Converse puts
 * before the model's. Throws the first refusal.
 */
export function checkModelRules(request: ConverseCheck): void {
  for (const rule of converseRules) {
    const text = rule.check(request);
    if (text === undefined || !text.startsWith(fromModel)) continue;
    const said = text.slice(fromModel.length).replace("image.source.bytes", "image.source.base64");
    throw invalid(refusalByRule(rule, said));
  }
}
