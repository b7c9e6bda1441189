/** The HTTP status that an error inside a stream would have had; the one of the stream was 200. */
export function frameStatus(type: string | undefined, code: unknown): number | undefined {
  const status = Number(code);
  if (status >= 400 && status < 600) return status;
  const word = type ?? (typeof code === "string" ? code : "");
  if (/rate_limit/iu.test(word)) return 429;
  if (/overloaded|unavailable|server_error|api_error|internal/iu.test(word)) return 503;
  if (/authentication_error/iu.test(word)) return 401;
  if (/permission_error/iu.test(word)) return 403;
  if (/not_found/iu.test(word)) return 404;
  return /invalid_request|validation/iu.test(word) ? 400 : undefined;
}
