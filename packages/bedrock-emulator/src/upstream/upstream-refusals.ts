import { own } from "../refusals/provenance.ts";
import { refusalTable } from "../refusals/refusal-table.ts";

export const upstreamRefusal = refusalTable("Upstream", {
  "upstream-empty": {
    refuses: "A server that lists no model (503).",
    provenance: own,
    says: (url: string) => `${url} lists no model: name one with --upstream-model.`,
  },
  "upstream-lost": {
    refuses: "A server that cannot be reached (503).",
    provenance: own,
    says: (url: string, reason: string) => `The upstream ${url} cannot be reached: ${reason}`,
  },
  "upstream-refused": {
    refuses: "A request that the server refuses (424).",
    provenance: own,
    says: (url: string, status: number, said: string) => `The upstream ${url} answered ${status}: ${said}`,
  },
});
