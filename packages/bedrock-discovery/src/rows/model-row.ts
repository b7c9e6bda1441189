import type { ListedModel } from "../lists/list-foundation-models.ts";
import type { Joining, Row } from "./join.ts";
import { filteredOut, hiddenRow, offeredRow } from "./row.ts";
import { aliasOf, whyNotBare, whyUnfit } from "./why-hidden.ts";

/** A foundation model under its own id. */
export function modelRow(listed: ListedModel, joining: Joining): Row {
  const { listing, passes, include, capabilitiesOf } = joining;
  const { id, name } = listed;
  const { ref, base, vendor } = listing.read(id);
  const provider = listed.provider ?? vendor ?? "unknown";
  const about = { id, name, provider };
  const verdict =
    (passes([provider, vendor]) ? undefined : filteredOut(provider)) ??
    aliasOf(listed, listing) ??
    whyUnfit(listed, include) ??
    whyNotBare(listed, listing);
  if (verdict) return hiddenRow(about, joining, verdict);
  return offeredRow(about, joining, {
    invocation: { kind: "on-demand" },
    baseModelId: base,
    capabilities: capabilitiesOf(ref, listed),
  });
}
