import { assumed, reported } from "../refusals/provenance.ts";
import { refusalTable } from "../refusals/refusal-table.ts";

const malformed = (problem: string): string =>
  `Malformed input request: ${problem}, please reformat your input and try again.`;

/** In the words of the service's JSON schema check; `at` is a JSON pointer. */
export const nativeRefusal = refusalTable("Native bodies", {
  "native-body": {
    refuses: "A body that is no JSON object.",
    provenance: assumed,
    says: () => "Malformed input request, please reformat your input and try again.",
  },
  "native-key-missing": {
    refuses: "A key that is not there.",
    provenance: assumed,
    says: (at: string, key: string) => malformed(`${at}: required key [${key}] not found`),
  },
  "native-key-unknown": {
    refuses: "A key that the model does not know.",
    provenance: reported("aws-samples/amazon-bedrock-client-for-mac#114"),
    says: (at: string, key: string) => malformed(`${at}: extraneous key [${key}] is not permitted`),
  },
  "native-type": {
    refuses: "A value of another type.",
    provenance: assumed,
    says: (at: string, wanted: string, found: string) => malformed(`${at}: expected type: ${wanted}, found: ${found}`),
  },
  "native-minimum": {
    refuses: "A number that is too small.",
    provenance: assumed,
    says: (at: string, value: number, min: number) => malformed(`${at}: ${value} is not greater or equal to ${min}`),
  },
  "native-maximum": {
    refuses: "A number that is too large.",
    provenance: assumed,
    says: (at: string, value: number, max: number) => malformed(`${at}: ${value} is not less or equal to ${max}`),
  },
  "native-enum": {
    refuses: "A value that is none of an enum.",
    provenance: assumed,
    says: (at: string, value: unknown) => malformed(`${at}: ${String(value)} is not a valid enum value`),
  },
});
