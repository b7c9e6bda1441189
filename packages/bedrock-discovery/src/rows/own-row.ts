import type { OwnModel } from "../lists/list-own-models.ts";
import type { Joining, Row } from "./join.ts";
import { filteredOut, hiddenRow, offeredRow } from "./row.ts";

/** A model of the account's own: by its ARN, with the record of the foundation model that it comes from, if that is known. */
export function ownRow({ kind, arn, name, modelArns, flaw }: OwnModel, joining: Joining): Row {
  const { listing, passes, capabilitiesOf } = joining;
  // A deployment is of a custom model, which was made of a foundation model.
  const read = [...modelArns, ...modelArns.flatMap(listing.madeOf), arn].map(listing.read);
  const base = read.find((each) => each.base !== undefined);
  const listed = listing.modelOf(base?.base);
  const provider = listed?.provider ?? base?.vendor ?? "unknown";
  const about = { id: arn, name, provider };
  if (!passes([provider, ...read.map(({ vendor }) => vendor)])) return hiddenRow(about, joining, filteredOut(provider));
  if (flaw !== undefined) return hiddenRow(about, joining, { reason: "not invocable", detail: flaw });
  return offeredRow(about, joining, {
    invocation: { kind, arn },
    baseModelId: base?.base,
    capabilities: capabilitiesOf(base?.ref ?? listing.read(arn).ref, listed),
  });
}
