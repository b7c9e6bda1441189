import { type DiscoveredModel, discoverModels } from "@clawrock/bedrock-discovery";
import { invocable, modalities, price, reasoning, tokens } from "../format.ts";
import type { Screen } from "../screen.ts";
import type { Stage } from "../stage.ts";

/** The models that this account can invoke, as the account's own lists say. */
export async function showModels(
  { aws }: Stage,
  screen: Screen,
): Promise<{ models: readonly DiscoveredModel[]; report: object }> {
  screen.title("Models you can invoke");
  const from = performance.now();
  const { models, hidden, warnings } = await discoverModels({ aws });
  const tookMs = Math.round(performance.now() - from);
  // The id comes last: it is the one column of any length, and the one to copy.
  screen.table(
    ["provider", "context", "modalities", "reasoning", "$/M in, out", "invocable", "id"],
    models.map((model) => [
      model.provider,
      tokens(model.capabilities.contextWindow?.value),
      modalities(model.capabilities),
      reasoning(model.capabilities),
      price(model.capabilities),
      invocable(model),
      model.id,
    ]),
  );
  for (const warning of warnings) screen.problem(warning.message);
  screen.note(
    `${models.length} models in ${tookMs} ms; ${hidden.length} not offered: ${countReasons(hidden.map(({ reason }) => reason))}`,
  );
  const rows = models.map(({ id, provider, region, invocation, capabilities }) => ({
    id,
    provider,
    region,
    invocation: invocation.kind,
    contextWindow: capabilities.contextWindow?.value,
    price: capabilities.price?.value,
  }));
  return { models, report: { models: rows, hidden, tookMs } };
}

function countReasons(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `${count} ${reason}`).join(", ") || "none";
}
