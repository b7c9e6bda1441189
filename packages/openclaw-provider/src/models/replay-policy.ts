import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { ReplayPolicy } from "../host-types.ts";

/**
 * How the host treats a stored transcript before a turn. Signatures and tool ids are kept as they are: bedrock-converse
 * repairs what Converse would refuse, and knows the model better than the host does.
 */
export function replayPolicy({ reasoning }: ModelCapabilities): ReplayPolicy {
  return {
    sanitizeMode: "full",
    preserveSignatures: reasoning.value.replay === "signed",
    repairToolUseResultPairing: true,
    validateAnthropicTurns: true,
    allowSyntheticToolResults: true,
  };
}
