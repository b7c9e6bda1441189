import { BedrockError } from "@clawrock/conversation";
import type { MantleEndpoint } from "../route/route.ts";

/** Headers that the session sets: who asks, and whom. */
const OWNED = /^(?:authorization|host|x-api-key|x-amz-.*|content-length|content-type)$/iu;
const GUARDRAIL = /^x-amzn-bedrock-guardrail/iu;

/** @throws BedrockError of kind `invalid-config` for a header that may not be set; nothing was sent. */
export function checkHeaders(headers: Readonly<Record<string, string>>, endpoint: MantleEndpoint): void {
  for (const name of Object.keys(headers)) {
    if (OWNED.test(name)) throw refused(`The header ${name} is set by the session`, "Leave it out");
    if (endpoint === "mantle" && GUARDRAIL.test(name)) {
      throw refused(`Mantle knows no guardrails, and would ignore ${name}`, 'Use endpoint "runtime"');
    }
  }
}

/** Whether the headers name a guardrail. */
export function isGuarded(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some((name) => GUARDRAIL.test(name));
}

function refused(problem: string, fix: string): BedrockError {
  return new BedrockError({ kind: "invalid-config", problem, fix });
}
