import { BedrockError } from "@clawrock/conversation";

/**
 * The body of an answer as text.
 *
 * @throws BedrockError of kind `protocol` when it is longer than `maxBytes` or not UTF-8.
 */
export async function readText(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw unreadable(`is larger than ${maxBytes} bytes`);
    text += decoded(() => decoder.decode(chunk, { stream: true }));
  }
  return text + decoded(() => decoder.decode());
}

function decoded(decode: () => string): string {
  try {
    return decode();
  } catch {
    throw unreadable("is not valid UTF-8");
  }
}

function unreadable(what: string): BedrockError {
  return new BedrockError({
    kind: "protocol",
    problem: `The answer ${what}`,
    fix: "Check that the endpoint URL is Mantle's and that no proxy changes its answers",
  });
}
