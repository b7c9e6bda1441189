/**
 * Gives an error answer of AWS the body an OpenAI client reads. The signature and IAM layers answer
 * `{"message": …}` or `{"Message": …}`, of which the `openai` client would keep nothing but the status.
 */
export async function withOpenAiErrorBody(response: Response): Promise<Response> {
  if (response.status < 400 || !response.headers.get("content-type")?.includes("json")) return response;
  const text = await response.text();
  const { status, statusText } = response;
  const headers = new Headers(response.headers);
  // The body was decoded on its way here, so neither figure holds any longer.
  headers.delete("content-length");
  headers.delete("content-encoding");
  return new Response(rewritten(text, headers) ?? text, { status, statusText, headers });
}

function rewritten(text: string, headers: Headers): string | undefined {
  const body = parsed(text);
  if (typeof body !== "object" || body === null || "error" in body) return undefined;
  const message = "message" in body ? body.message : "Message" in body ? body.Message : undefined;
  if (typeof message !== "string") return undefined;
  // `ExpiredTokenException:http://internal.amazon.com/coral/…`
  const type = headers.get("x-amzn-errortype")?.split(":")[0];
  return JSON.stringify({ error: { message, type } });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
