import { assumed, own, recorded, reported } from "../refusals/provenance.ts";
import { refusalTable } from "../refusals/refusal-table.ts";

export const faultRefusal = refusalTable("Faults", {
  throttle: {
    refuses: "More requests than the quota.",
    provenance: reported("lobehub#3994"),
    says: () => "Too many requests, please wait before trying again.",
  },
  "throttle-tokens": {
    refuses: "More tokens a minute than the quota.",
    provenance: reported("aws-samples/amazon-bedrock-client-for-mac#99"),
    says: () => "Too many tokens, please wait before trying again.",
  },
  "throttle-daily": {
    refuses: "More tokens a day than the quota.",
    provenance: reported("agent-book#29"),
    says: () => "Too many tokens per day, please wait before trying again.",
  },
  connections: {
    refuses: "More connections than the service takes (503).",
    provenance: reported("claude-code#562"),
    says: () => "Too many connections, please wait before trying again.",
  },
  unavailable: {
    refuses: "A model that is not there for now (503).",
    provenance: reported("bedrust#47"),
    says: () => "Bedrock is unable to process your request.",
  },
  internal: {
    refuses: "A failure of the service (500).",
    provenance: reported("langchainjs#2768"),
    says: () => "The system encountered an unexpected error during processing. Try your request again.",
  },
  timeout: {
    refuses: "A model that takes too long (408).",
    provenance: assumed,
    says: () => "Model has timed out in processing the request. Try your request again.",
  },
  "access-denied": {
    refuses: "A model without access (403).",
    provenance: recorded,
    says: () => "You don't have access to the model with the specified model ID.",
  },
  "stream-error": {
    refuses: "A failure in the middle of a stream (424).",
    provenance: assumed,
    says: () => "Bedrock is unable to process your request.",
  },
  "scripted-error": {
    refuses: "Whatever else a script of faults says.",
    provenance: own,
    says: (text: string) => text,
  },
  "unknown-fault": {
    refuses: "A fault that is none.",
    provenance: own,
    says: (fault: string, names: readonly string[]) =>
      `the fault '${fault.length > 60 ? `${fault.slice(0, 60)}…` : fault}' is not known. Use latency=ms, first-byte=ms, clock-skew=ms, cut=bytes, corrupt=events, stall=events, expired, denied, empty, exception=name@events, or one of: ${names.join(", ")}.`,
  },
});
