import { assumed, documented, reported } from "../refusals/provenance.ts";
import { refusalTable } from "../refusals/refusal-table.ts";

const limitsPage = documented("https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-mmfilter.html");

export const guardrailRefusal = refusalTable("Guardrails", {
  "guardrail-missing": {
    refuses: "An id, version or region without such a guardrail.",
    provenance: reported("strands-agents/harness-sdk#713"),
    says: () => "The guardrail identifier or version provided in the request does not exist.",
  },
  "guardrail-id": {
    refuses: "An id that is none.",
    provenance: reported("openclaw/openclaw#58588"),
    says: () => "The provided guardrail identifier is invalid.",
  },
  "guardrail-half": {
    refuses: "An identifier without a version, or a version without an identifier.",
    provenance: assumed,
    says: () => "The guardrail identifier and version must be provided together.",
  },
  "grounding-source-missing": {
    refuses: "ApplyGuardrail of an answer by contextual grounding, without a grounding source or a query.",
    provenance: assumed,
    says: () =>
      "The provided request does not contain the grounding source. Grounding source, query and content to guard are required for Guardrails contextual grounding policy evaluation.",
  },
  "guardrail-text-size": {
    refuses: "ApplyGuardrail: more than 25 text units of 1000 characters in one call (429).",
    provenance: assumed,
    says: () => "Too many requests, please wait before trying again.",
  },
  "guardrail-image-size": {
    refuses: "A guarded image of more than 4 MB.",
    provenance: limitsPage,
    says: () => "The size of the image content exceeds the maximum of 4 MB.",
  },
  "guardrail-image-count": {
    refuses: "More than 20 guarded images in one request.",
    provenance: limitsPage,
    says: (count: number) => `The number of image content blocks exceeds the maximum of 20: ${count}.`,
  },
});
