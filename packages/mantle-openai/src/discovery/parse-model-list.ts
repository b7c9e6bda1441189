import { BedrockError } from "@clawrock/conversation";

/**
 * The ids of an OpenAI model list (`{"object": "list", "data": [{"id": …}]}`), sorted, each once.
 *
 * @throws BedrockError of kind `protocol` when the text is not such a list.
 */
export function parseModelList(text: string): string[] {
  const list = parsed(text);
  if (typeof list !== "object" || list === null || !("data" in list) || !Array.isArray(list.data)) {
    throw notAList("has no `data` array");
  }
  return [...new Set(list.data.flatMap(idOf))].sort();
}

function idOf(entry: unknown): string[] {
  if (typeof entry !== "object" || entry === null || !("id" in entry)) return [];
  return typeof entry.id === "string" && entry.id.trim() !== "" ? [entry.id.trim()] : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notAList("is not JSON");
  }
}

function notAList(what: string): BedrockError {
  return new BedrockError({
    kind: "protocol",
    problem: `The answer to the model list ${what}`,
    fix: "Check that the endpoint URL is Mantle's",
  });
}
