type ImageFormat = "png" | "jpeg" | "gif" | "webp";

/** What an image's bytes say of it. Sides in pixels, where they can be read. */
export interface SniffedImage {
  readonly format: ImageFormat;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** The format and size of an image by its first bytes; undefined for anything but PNG, JPEG, GIF and WebP. */
export function sniffImage(bytes: Buffer): SniffedImage | undefined {
  const head = bytes.toString("latin1", 0, 16);
  if (head.startsWith("\x89PNG\r\n\x1a\n")) {
    return bytes.length >= 24
      ? { format: "png", width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
      : { format: "png" };
  }
  if (head.startsWith("\xff\xd8\xff")) return { format: "jpeg", ...jpegSides(bytes) };
  if (/^GIF8[79]a/u.test(head)) {
    return bytes.length >= 10
      ? { format: "gif", width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
      : { format: "gif" };
  }
  if (head.startsWith("RIFF") && head.slice(8, 12) === "WEBP") return { format: "webp", ...webpSides(bytes) };
  return undefined;
}

interface Sides {
  readonly width: number;
  readonly height: number;
}

/** Walks the segments to the frame header. */
function jpegSides(bytes: Buffer): Sides | undefined {
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function webpSides(bytes: Buffer): Sides | undefined {
  if (bytes.length < 30) return undefined;
  switch (bytes.toString("latin1", 12, 16)) {
    case "VP8X":
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    case "VP8L": {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8 ":
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    default:
      return undefined;
  }
}
