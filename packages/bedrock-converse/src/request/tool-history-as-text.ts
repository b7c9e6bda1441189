import type { Turn } from "@clawrock/conversation";

/**
 * Earlier calls and results as text, for a request that offers no tools: Converse refuses tool blocks without a
 * toolConfig.
 */
export function toolHistoryAsText(turns: readonly Turn[]): Turn[] {
  return turns.map((turn) => {
    if (turn.role === "assistant") {
      const content = turn.content.map((part) =>
        part.type === "toolCall"
          ? { type: "text" as const, text: `[called ${part.name} with ${JSON.stringify(part.arguments)}]` }
          : part,
      );
      return { role: "assistant", content };
    }
    const said = turn.results.flatMap((result) => {
      const head = { type: "text" as const, text: `[${result.isError ? "error" : "result"} of ${result.toolName}]` };
      return [head, ...result.content.filter((part) => part.type !== "text" || part.text.trim() !== "")];
    });
    return { ...turn, results: [], content: [...said, ...turn.content], stable: turn.stable + said.length };
  });
}
