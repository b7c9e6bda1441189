import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RequestRecord } from "../../../packages/bedrock-emulator/src/index.ts";
import { listAt } from "./json.ts";
import { ROOT } from "./prepare.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html and …bedrockpoweredbyawsmantle.html */
const ACTIONS: Readonly<Record<string, string>> = {
  Converse: "bedrock:InvokeModel",
  ConverseStream: "bedrock:InvokeModelWithResponseStream",
  InvokeModel: "bedrock:InvokeModel",
  ListFoundationModels: "bedrock:ListFoundationModels",
  ListInferenceProfiles: "bedrock:ListInferenceProfiles",
  GetInferenceProfile: "bedrock:GetInferenceProfile",
  ListModels: "bedrock-mantle:ListModels",
  ChatCompletions: "bedrock-mantle:CreateInference",
  Responses: "bedrock-mantle:CreateInference",
  Messages: "bedrock-mantle:CreateInference",
};

/** The IAM actions that requests needed; an operation nobody knows is its own name, so that it is missed in every policy. */
export function actionsNeeded(requests: readonly RequestRecord[]): readonly string[] {
  const needed = requests.flatMap(({ operation, auth, body }) => [
    ACTIONS[operation] ?? operation,
    ...(auth.kind === "bearer" && (ACTIONS[operation] ?? "").startsWith("bedrock-mantle:")
      ? ["bedrock-mantle:CallWithBearerToken"]
      : []),
    ...(JSON.stringify(body ?? null).includes('"guardrailConfig"') ? ["bedrock:ApplyGuardrail"] : []),
  ]);
  return [...new Set(needed)].toSorted();
}

/** The actions that the policies in the plugin's README allow. */
export function actionsAllowed(): readonly string[] {
  const readme = readFileSync(join(ROOT, "packages/openclaw-provider/README.md"), "utf8");
  const blocks = [...readme.matchAll(/^```json\n(.*?)^```$/gmsu)].map(([, block = ""]): unknown => JSON.parse(block));
  const actions = blocks
    .flatMap((block) => listAt(block, "Statement"))
    .flatMap((statement) => [Reflect.get(Object(statement), "Action")].flat());
  return actions.map(String).toSorted();
}
