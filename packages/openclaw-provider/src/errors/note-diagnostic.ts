import type { ConverseDiagnostic } from "@clawrock/bedrock-converse";
import type { HostLogger } from "../host-types.ts";

const KEPT = 64;
const said = new Set<string>();

/** Says once in the log what a turn went on with although something was wrong: a look-up that failed, a mended request. */
export function noteDiagnostic(logger: HostLogger, diagnostic: ConverseDiagnostic): void {
  const line = lineOf(diagnostic);
  if (line === undefined || said.has(line)) return;
  if (said.size >= KEPT) said.clear();
  said.add(line);
  logger.warn(line);
}

function lineOf(diagnostic: ConverseDiagnostic): string | undefined {
  switch (diagnostic.type) {
    case "lookup-failed":
      return `What is behind the inference profile is not known, and it is treated as an unknown model: ${diagnostic.message}`;
    case "decoder-fallback":
      return `The AWS SDK decodes the answer: ${diagnostic.reason}`;
    case "adjusted":
      return `Bedrock refused a request, which was sent again changed (${diagnostic.adjustment.detail}): ${diagnostic.adjustment.reason}`;
    default:
      return undefined;
  }
}
