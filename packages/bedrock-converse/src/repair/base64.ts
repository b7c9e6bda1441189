const DATA_URL = /^data:[^,]{0,256};base64,/iu;

/** Base64 without what some callers put before it (`data:image/png;base64,`). */
export function withoutDataUrl(data: string): string {
  return data.startsWith("data:") || data.startsWith("DATA:") ? data.replace(DATA_URL, "") : data;
}

/** The bytes; undefined where the text is not base64. Line breaks and a missing padding are fine. */
export function bytesOf(data: string): Buffer | undefined {
  const bytes = Buffer.from(data, "base64");
  if (bytes.length >= Math.floor((unpadded(data) * 3) / 4)) return bytes;
  // Node stops at foreign letters and skips others, so that some bytes lack.
  return /[^\sA-Za-z0-9+/=_-]/u.test(data) || /=[^=\s]/u.test(data) ? undefined : bytes;
}

function unpadded(data: string): number {
  let length = data.length;
  while (length > 0 && data[length - 1] === "=") length--;
  return length;
}
