import { assumed, reported } from "../refusals/provenance.ts";
import { refusalTable } from "../refusals/refusal-table.ts";
import type { TextLimits } from "./shape.ts";

const failed = (subject: string, constraint: string): string =>
  `${subject} failed to satisfy constraint: ${constraint}`;

const wide = reported("BerriAI/litellm#24668");

/** All violations of one request come in one refusal. */
export const shapeRefusal = refusalTable("Shapes", {
  "member-missing": {
    refuses: "A required member that is not there.",
    provenance: wide,
    says: (path: string) => failed(`Value null at '${path}'`, "Member must not be null"),
  },
  "union-members": {
    refuses: "A union with no member, or with several.",
    provenance: assumed,
    says: (path: string, names: readonly string[]) =>
      failed(`Value at '${path}'`, `Member must have exactly one of [${names.join(", ")}]`),
  },
  "length-minimum": {
    refuses: "A list, map or text that is too short.",
    provenance: reported("Portkey-AI/gateway#1124"),
    says: (subject: string, min: number) => failed(subject, `Member must have length greater than or equal to ${min}`),
  },
  "length-maximum": {
    refuses: "A list, map or text that is too long.",
    provenance: reported("remote-swe-agents#457"),
    says: (subject: string, max: number) => failed(subject, `Member must have length less than or equal to ${max}`),
  },
  enum: {
    refuses: "A text that is none of an enum.",
    provenance: reported("NousResearch/hermes-agent#55429"),
    says: (subject: string, values: readonly string[]) =>
      failed(subject, `Member must satisfy enum value set: [${values.join(", ")}]`),
  },
  pattern: {
    refuses: "A text that does not match its pattern.",
    provenance: wide,
    says: (subject: string, pattern: string) =>
      failed(subject, `Member must satisfy regular expression pattern: ${pattern}`),
  },
  "value-minimum": {
    refuses: "A number that is too small.",
    provenance: wide,
    says: (subject: string, min: number) => failed(subject, `Member must have value greater than or equal to ${min}`),
  },
  "value-maximum": {
    refuses: "A number that is too large.",
    provenance: wide,
    says: (subject: string, max: number) => failed(subject, `Member must have value less than or equal to ${max}`),
  },
  "map-entry": {
    refuses: "A key or value of a map outside of its limits.",
    provenance: reported("agentgateway#1737"),
    says: (path: string, part: "key" | "value", limits: TextLimits) =>
      failed(
        `Value at '${path}'`,
        `Map ${part} must satisfy constraint: [Member must have length less than or equal to ${limits.max}, ` +
          `Member must have length greater than or equal to ${limits.min ?? 0}, ` +
          `Member must satisfy regular expression pattern: ${limits.pattern}]`,
      ),
  },
  "wrong-type": {
    refuses: "A member of another type (SerializationException).",
    provenance: assumed,
    says: (found: string, wanted: string) => `${found} can not be converted to ${wanted}`,
  },
});
