import type { DiscoveredModel, HiddenModel } from "../types.ts";
import type { Joining, Row } from "./join.ts";
import type { Verdict } from "./why-hidden.ts";

type About = Pick<HiddenModel, "id" | "name" | "provider">;
type Described = Pick<DiscoveredModel, "invocation" | "baseModelId" | "capabilities">;

export function hiddenRow(about: About, { listing }: Joining, { reason, detail }: Verdict): Row {
  return { hidden: { ...about, region: listing.region, reason, detail } };
}

export function offeredRow(about: About, joining: Joining, { invocation, baseModelId, capabilities }: Described): Row {
  return {
    model: {
      ...about,
      region: joining.listing.region,
      invocation,
      baseModelId,
      capabilities,
      contextWindow: capabilities.contextWindow?.value ?? joining.defaultContextWindow,
      maxOutputTokens: capabilities.maxOutputTokens?.value ?? joining.defaultMaxTokens,
      access: "unknown",
    },
  };
}

export function filteredOut(provider: string): Verdict {
  return { reason: "filtered", detail: `The provider ${provider} is not in the filter.` };
}
