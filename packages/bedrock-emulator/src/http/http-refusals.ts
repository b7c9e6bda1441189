import { assumed, own } from "../refusals/provenance.ts";
import { refusalTable } from "../refusals/refusal-table.ts";

export const httpRefusal = refusalTable("Requests", {
  "body-not-json": {
    refuses: "A body that is no JSON object, or is nested more than 1000 deep (SerializationException).",
    provenance: assumed,
    says: () => "The request body could not be parsed as a JSON object.",
  },
  "body-too-large": {
    refuses: "A body of more than 64 MB (413).",
    provenance: assumed,
    says: () => "Request body is too large.",
  },
  "unknown-operation": {
    refuses: "A method and path that are no operation (404).",
    provenance: assumed,
    says: (request: string) => `Unknown operation: ${request}`,
  },
  "browser-origin": {
    refuses: "A request that a page in a browser sent: it has an Origin header (403).",
    provenance: own,
    says: () => "The emulator does not answer browsers: the request has an Origin header.",
  },
  "emulator-failed": {
    refuses: "A request that an engine or the emulator fails on (500).",
    provenance: own,
    says: (error: unknown) => `The emulator failed: ${String(error)}`,
  },
});
