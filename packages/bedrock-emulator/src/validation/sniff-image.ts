/** What the first bytes of an image say; sides in pixels where they are easily read. */
export interface SniffedImage {
  readonly format: "png" | "jpeg" | "gif" | "webp";
  readonly width?: number;
  readonly height?: number;
}

export function sniffImage(bytes: Buffer): SniffedImage | undefined {
  if (bytes.length >= 24 && bytes.toString("latin1", 1, 4) === "PNG") {
    return { format: "png", width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (bytes.length >= 3 && bytes.readUInt16BE(0) === 0xffd8) return { format: "jpeg", ...jpegSides(bytes) };
  if (bytes.length >= 10 && bytes.toString("latin1", 0, 3) === "GIF") {
    return { format: "gif", width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  }
  if (bytes.toString("latin1", 0, 4) === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP")
    return { format: "webp" };
  return undefined;
}

/** Walks the segments to the frame header. */
function jpegSides(bytes: Buffer): { width: number; height: number } | undefined {
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}
